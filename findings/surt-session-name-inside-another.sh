#!/usr/bin/env bash
# surt 0.3.1 takes `sid=` and 32 hexadecimal digits for a session wherever the letters stand, also
# at the end of a longer name: `newsid=…` is cut in mid-word and its value lost, so that all
# articles of a site that names them so have one key in an index, and the next parameter is glued to
# what is left.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check surt==0.3.1
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
import surt

first, second = "0123456789abcdef" * 2, "fedcba9876543210" * 2
for address, key in [
    (f"http://example.com/x?newsid={first}&p=2", "com,example)/x?newp=2"),
    (f"http://example.com/x?newsid={first}", "com,example)/x?new"),
    (f"http://example.com/x?newsid={second}", "com,example)/x?new"),
]:
    print(address, "->", surt.surt(address))
    assert surt.surt(address) == key
PYTHON
