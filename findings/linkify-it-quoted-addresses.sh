#!/usr/bin/env bash
# linkify-it-py 2.2.0 lets a straight quote stand in an address if another one follows, so that two
# addresses in quotes with a comma between, as in a list or in compact JSON, become one link that
# leads nowhere. With a blank after the comma they are two.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check linkify-it-py==2.2.0
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
from linkify_it import LinkifyIt

linkify = LinkifyIt()
for text, urls in [
    ('"https://example.com/a","https://example.com/b"', ['https://example.com/a","https://example.com/b']),
    ('{"url":"https://example.com/a","b":1}', ['https://example.com/a","b']),
    ('"https://example.com/a", "https://example.com/b"', ["https://example.com/a", "https://example.com/b"]),
]:
    seen = [match.url for match in linkify.match(text)]
    print(text, "->", seen)
    assert seen == urls
PYTHON
