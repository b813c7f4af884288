#!/usr/bin/env bash
# warcio.js 2.4.11, with which browsertrix and wabac.js make the index of a WACZ, and surt 0.3.1,
# with which cdxj-indexer and pywb do, make different keys of the same address: of a slash at the
# end or doubled, a coded tilde, a letter beyond ASCII, a session. An index by the one, searched by
# the other's key, says that it does not hold what it holds.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --prefix "$work" warcio@2.4.11
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check surt==0.3.1
cat >"$work/seen.mjs" <<'JAVASCRIPT'
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { getSurt } from "warcio";

const session = "0123456789abcdef".repeat(2);
for (const [address, ours, theirs] of [
  ["http://example.com/x/", "com,example)/x/", "com,example)/x"],
  ["http://example.com//x", "com,example)//x", "com,example)/x"],
  ["http://example.com/%7Ejoe", "com,example)/%7ejoe", "com,example)/~joe"],
  ["http://example.com/\u00fc", "com,example)/%C3%BC", "com,example)/%c3%bc"],
  [`http://example.com/x?sid=${session}`, `com,example)/x?sid=${session}`, "com,example)/x"],
  ["http://www2.example.com/A?b=1&a=2", "com,example)/a?a=2&b=1", "com,example)/a?a=2&b=1"],
]) {
  const code = "import sys, surt; print(surt.surt(sys.argv[1]))";
  const key = execFileSync("python/bin/python", ["-c", code, address], { encoding: "utf8" }).trim();
  console.log(address, "->", getSurt(address), key);
  assert.equal(getSurt(address), ours);
  assert.equal(key, theirs);
}
JAVASCRIPT
node "$work/seen.mjs"
