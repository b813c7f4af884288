#!/usr/bin/env bash
# newspaper4k 0.9.3.1 makes a whole day of a month that a page states as its publication: the day of the
# month on which the program runs. The same page is of another day tomorrow, and nothing tells that its
# day was not stated. A stated day is read as it is.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check \
    newspaper4k==0.9.3.1 lxml-html-clean==0.4.3 python-dateutil==2.9.0.post0
cd "$work"
"$work/python/bin/python" -W ignore - <<'PYTHON'
import datetime

from newspaper import Article

PAGE = (
    '<html><head><title>t</title><meta property="article:published_time" content="{}"></head>'
    "<body><p>A story.</p></body></html>"
)

today = datetime.date.today()
for stated, seen_day in [("2018-05-25", 25), ("2018-05", today.day), ("May 2018", today.day)]:
    article = Article("https://news.example/a-story")
    article.download(input_html=PAGE.format(stated))
    article.parse()
    print(stated, "->", article.publish_date.date(), "run on", today)
    assert article.publish_date.date() == datetime.date(2018, 5, seen_day)
PYTHON
