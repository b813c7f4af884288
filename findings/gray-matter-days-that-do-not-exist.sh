#!/usr/bin/env bash
# gray-matter 4.0.3 (its js-yaml 3) makes another day of one that does not exist, where Python's
# YAML raises an error: the 30th of February is the 2nd of March, the 13th month is January of the
# next year, and the zero day `0000-00-00` that databases export is the 30th of November 1899.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --prefix "$work" gray-matter@4.0.3
cat >"$work/seen.mjs" <<'JAVASCRIPT'
import assert from "node:assert/strict";
import matter from "gray-matter";

for (const [written, day] of [
  ["2021-02-30", "2021-03-02"],
  ["2021-13-01", "2022-01-01"],
  ["0000-00-00", "1899-11-30"],
]) {
  const seen = matter(`---\ndate: ${written}\n---\ntext`).data.date.toISOString();
  console.log(written, "->", seen);
  assert.equal(seen.slice(0, 10), day);
}
JAVASCRIPT
node "$work/seen.mjs"
