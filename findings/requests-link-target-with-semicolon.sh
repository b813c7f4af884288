#!/usr/bin/env bash
# requests 2.32.5 ends a link's target at the first semicolon (parse_header_links), also between the
# angle brackets, where RFC 8288 lets any address stand: the address is cut, and what follows becomes a
# parameter, or, where it has no equals sign, the relation is lost too, in silence.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check requests==2.32.5
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
from requests.utils import parse_header_links

for target, link in [
    ("http://example.com/x", {"url": "http://example.com/x", "rel": "original"}),
    ("http://example.com/x;y=1", {"url": "http://example.com/x", "y": "1>", "rel": "original"}),
    ("http://example.com/x;y", {"url": "http://example.com/x"}),
]:
    (seen,) = parse_header_links(f'<{target}>; rel="original"')
    print(target, "->", seen)
    assert seen == link
PYTHON
