#!/usr/bin/env bash
# htmldate 1.11.0 reads `2018年5月25日`, the way in which Chinese and Japanese pages print a day, as
# the first of January of that year: a precise day that no one wrote. Days in other spellings come
# out right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check htmldate==1.11.0
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
from htmldate import find_date

for written, day in [
    ("2018年5月25日", "2018-01-01"),
    ("2018年05月25日", "2018-01-01"),
    ("2018. 5. 25.", "2018-05-25"),
    ("25. kesäkuuta 2018", "2018-06-25"),
    ("2018. május 25.", "2018-05-25"),
]:
    page = (
        f'<html><body><article><h1>Title</h1><div class="date">{written}</div><p>'
        + "A paragraph of the article. " * 30
        + "</p></article></body></html>"
    )
    seen = find_date(page, original_date=True)
    print(written, "->", seen)
    assert seen == day
PYTHON
