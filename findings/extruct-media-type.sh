#!/usr/bin/env bash
# extruct 0.18.0 finds JSON-LD only where the script's type is `application/ld+json` to the letter.
# Media types have no case and may carry parameters: a page with `application/ld+json;
# charset=utf-8` or `Application/LD+JSON` has no structured data for it, and nothing says so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check extruct==0.18.0
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
import extruct

for media, found in [
    ("application/ld+json", 1),
    ("application/ld+json; charset=utf-8", 0),
    ("Application/LD+JSON", 0),
]:
    page = f'<html><head><script type="{media}">{{"datePublished": "2018-05-25"}}</script></head></html>'
    seen = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    print(media, "->", seen)
    assert len(seen) == found
PYTHON
