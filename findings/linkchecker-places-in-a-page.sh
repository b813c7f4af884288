#!/usr/bin/env bash
# LinkChecker 10.6.0 with its plug-in AnchorCheck tells of places that browsers find: `#top`, which is
# every page's beginning; a text directive (`#:~:text=…`), with and without a name before it; and a name
# that is written with percent signs on both sides, which HTML compares before it decodes the fragment.
# A fragment that is coded only in the link is found.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check LinkChecker==10.6.0
cat >"$work/page.html" <<'HTML'
<!doctype html>
<title>Places</title>
<h2 id="plain">Plain</h2> <h2 id="two words">Two</h2> <p><a name="state%20callback">Coded</a></p>
<p><a href="#plain">1</a> <a href="#two%20words">2</a> <a href="#">3</a> <a href="#top">4</a>
<a href="#:~:text=Plain">5</a> <a href="#plain:~:text=Plain">6</a> <a href="#state%20callback">7</a></p>
HTML
printf '[AnchorCheck]\n' >"$work/rc"
# As root it reads as a user who has no rights of their own.
chmod -R a+rX "$work"
"$work/python/bin/linkchecker" --config "$work/rc" --no-status --output csv "file://$work/page.html" \
    >"$work/seen.csv" 2>/dev/null || true
"$work/python/bin/python" - "$work/seen.csv" <<'PYTHON'
import csv
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    rows = csv.DictReader((line for line in file if not line.startswith("# ")), delimiter=";")
    seen = {row["urlname"] for row in rows if "not found" in (row["warningstring"] or "")}
for name in sorted(seen):
    print(name, "-> not found")
assert seen == {"#top", "#:~:text=Plain", "#plain:~:text=Plain", "#state%20callback"}, seen
PYTHON
