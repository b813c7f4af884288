#!/usr/bin/env bash
# w3lib 2.5.0 (get_meta_refresh, with which Scrapy follows pages that only send on) knows
# `0;url=/new` alone. The steps for a declarative refresh in the HTML standard, and with them
# browsers, also follow an address without `url=`, a comma for the semicolon, and blanks around the
# equals sign.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check w3lib==2.5.0
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
from w3lib.html import get_meta_refresh

for content, target in [
    ("0;url=/new", "http://example.com/new"),
    ("0; /new", None),
    ("0,url=/new", None),
    ("0; url = /new", None),
]:
    page = f'<html><head><meta http-equiv="refresh" content="{content}"></head></html>'
    seen = get_meta_refresh(page, "http://example.com/")
    print(repr(content), "->", seen)
    assert seen[1] == target
PYTHON
