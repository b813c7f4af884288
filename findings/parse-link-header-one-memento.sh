#!/usr/bin/env bash
# parse-link-header 2.0.0 (npm) keeps one link a relation, the last. A list of mementos (RFC 7089)
# has many of one relation: of three captures it gives two, the first because it is also called
# `first`, and the one between is gone without a word.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --prefix "$work" parse-link-header@2.0.0
cat >"$work/seen.mjs" <<'JAVASCRIPT'
import assert from "node:assert/strict";
import parse from "parse-link-header";

const memento = (year, relation, day) =>
  `<https://archive.example/web/${year}/http://example.com/>; rel="${relation}"; datetime="${day} 10:00:00 GMT"`;
const header = [
  '<http://example.com/>; rel="original"',
  memento(2018, "first memento", "Fri, 25 May 2018"),
  memento(2019, "memento", "Sat, 25 May 2019"),
  memento(2020, "memento", "Mon, 25 May 2020"),
].join(", ");
const seen = parse(header);
console.log(Object.entries(seen).map(([relation, link]) => `${relation}: ${link.url}`).join("\n"));
assert.deepEqual(Object.keys(seen), ["original", "first", "memento"]);
assert.ok(!JSON.stringify(seen).includes("/2019/"));
JAVASCRIPT
node "$work/seen.mjs"
