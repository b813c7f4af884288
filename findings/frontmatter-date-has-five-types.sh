#!/usr/bin/env bash
# python-frontmatter 1.3.0 hands over the same front-matter field as five types, by its spelling
# (YAML 1.1): a day is a date; a zone with a colon makes a datetime, without one a string, and so do
# Jekyll's and Hexo's usual forms; without seconds it is a string; without hyphens an integer, and a
# time alone is a number in base 60. A TOML block is no metadata at all, silently, unless a TOML
# package happens to be installed, which it does not ask for.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check python-frontmatter==1.3.0
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
import frontmatter

for written, type_name in [
    ("2021-03-04", "date"),
    ("2021-03-04 10:11:12", "datetime"),
    ("2021-03-04 10:11:12 +01:00", "datetime"),
    ("2021-03-04 10:11:12 +0100", "str"),
    ("2021-03-04 10:11", "str"),
    ("20210304", "int"),
    ("12:30:45", "int"),
]:
    seen = frontmatter.loads(f"---\ndate: {written}\n---\ntext")["date"]
    print(written, "->", repr(seen))
    assert type(seen).__name__ == type_name
assert frontmatter.loads("---\ndate: 12:30:45\n---\ntext")["date"] == 45045
toml = frontmatter.loads("+++\ndate = 2021-03-04\n+++\ntext").metadata
print("TOML ->", toml)
assert toml == {}
PYTHON
