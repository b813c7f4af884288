#!/usr/bin/env bash
# feedparser 6.0.14 files an RSS item's only date, `dc:date`, under `updated`, and leaves
# `published` out; beside a `pubDate` the two differ. RSS 1.0's module has `dc:date` for a date of
# the item and names no change: who asks a feed for publication days finds none in those that use it
# alone.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
import feedparser


def entry(parts):
    return feedparser.parse(
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item>'
        f"<title>t</title>{parts}</item></channel></rss>"
    ).entries[0]


alone = entry("<dc:date>2017-01-01</dc:date>")
both = entry("<dc:date>2017-01-01</dc:date><pubDate>Fri, 25 May 2018 10:00:00 GMT</pubDate>")
print("alone:", alone.get("published"), alone.get("updated"))
print("both:", both.get("published"), both.get("updated"))
assert "published" not in alone and alone.updated == "2017-01-01"
assert both.published.startswith("Fri, 25 May 2018") and both.updated == "2017-01-01"
PYTHON
