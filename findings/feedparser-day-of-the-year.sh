#!/usr/bin/env bash
# feedparser 6.0.14 lists the ISO 8601 day of the year among the dates that it reads, and its
# example (`2003-335`, December 1) comes out right, as do the first and the last day; most others do
# not: day 32 is December 2 instead of February 1, and day 145 lies in the next year.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
import datetime

import feedparser

for written, seen_day in [
    ("2003-335", (2003, 12, 1)),
    ("2018-001", (2018, 1, 1)),
    ("2018-032", (2018, 12, 2)),
    ("2018-060", (2018, 6, 1)),
    ("2018-145", (2019, 2, 1)),
]:
    entry = feedparser.parse(
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item>'
        f"<title>t</title><dc:date>{written}</dc:date></item></channel></rss>"
    ).entries[0]
    right = datetime.datetime.strptime(written, "%Y-%j").date()
    print(written, "->", tuple(entry.updated_parsed)[:3], "is", right)
    assert tuple(entry.updated_parsed)[:3] == seen_day
PYTHON
