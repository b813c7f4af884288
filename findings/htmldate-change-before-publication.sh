#!/usr/bin/env bash
# htmldate 1.11.0, asked for the original date, takes the first `<time>` of a page whose class is
# `updated`, though one of class `published` follows it. Themes print the two in either order; with
# the order turned round it is right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check htmldate==1.11.0
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
from htmldate import find_date

updated = '<time class="updated" datetime="2021-12-10">December 10, 2021</time>'
published = '<time class="entry-date published" datetime="2019-04-09">April 9, 2019</time>'
text = "<p>" + "A paragraph of the article. " * 30 + "</p>"
for times, day in [(updated + published, "2021-12-10"), (published + updated, "2019-04-09")]:
    page = f"<html><body><article><h1>Title</h1>{times}{text}</article></body></html>"
    seen = find_date(page, original_date=True)
    print(times[:24], "… ->", seen)
    assert seen == day
PYTHON
