#!/usr/bin/env bash
# gray-matter 4.0.3 keeps what it has read by its text, before it is parsed: front matter that
# cannot be parsed throws the first time and is an empty object the second, without a word. A build
# that reads a file twice loses its date where one that reads it once stops.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --prefix "$work" gray-matter@4.0.3
cat >"$work/seen.mjs" <<'JAVASCRIPT'
import assert from "node:assert/strict";
import matter from "gray-matter";

const text = "---\ntitle: one: two\ndate: 2021-03-04\n---\ntext";
assert.throws(() => matter(text), /YAMLException|mapping/);
const second = matter(text).data;
console.log("first: throws; second:", JSON.stringify(second));
assert.deepEqual(second, {});
JAVASCRIPT
node "$work/seen.mjs"
