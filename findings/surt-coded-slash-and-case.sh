#!/usr/bin/env bash
# surt 0.3.1 gives one key to addresses that name different resources by RFC 3986: a coded slash is
# made a slash (2.2: reserved characters differ coded and bare), and path and query lose their case,
# so that two videos, whose identifiers differ in case only, share a key. What an index holds under
# a key is therefore no proof that it holds the address.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check surt==0.3.1
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
import surt

for one, other, key in [
    ("http://example.com/a%2Fb", "http://example.com/a/b", "com,example)/a/b"),
    ("http://example.com/watch?v=AbCdEf", "http://example.com/watch?v=aBcDeF", "com,example)/watch?v=abcdef"),
]:
    print(one, other, "->", surt.surt(one), surt.surt(other))
    assert surt.surt(one) == surt.surt(other) == key
PYTHON
