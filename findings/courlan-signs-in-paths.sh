#!/usr/bin/env bash
# courlan 1.4.0 writes some of the signs that RFC 3986 reserves in a path as codes when it normalises an
# address (`;`, `@`, `$`, `&`, `+`, brackets and the star) and leaves others (`,`, `!`, `:`, `=`); by
# section 2.2 the coded address is another one. A key without a value goes, and so does the second of two
# slashes: whoever compares addresses after it counts different ones as equal.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check courlan==1.4.0
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
from courlan import normalize_url

for address, seen in [
    ("https://a.example/a;b/c", "https://a.example/a%3Bb/c"),
    ("https://a.example/a,b(c)!d*e", "https://a.example/a,b%28c%29!d%2Ae"),
    ("https://a.example/a:b@c$d&e+f=g", "https://a.example/a:b%40c%24d%26e%2Bf=g"),
    ("https://a.example/?q", "https://a.example/"),
    ("https://a.example/a//b", "https://a.example/a/b"),
]:
    normal = normalize_url(address)
    print(address, "->", normal)
    assert normal == seen, normal
PYTHON
