#!/usr/bin/env bash
# robots-parser 3.0.1 does not compare unreserved characters decoded, as RFC 9309 (2.2.2) asks: a
# rule on `/~joe/` does not hold for `/%7Ejoe/`, nor the other way round, though both are one
# address. Letters beyond ASCII and blanks are compared coded and hold.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --prefix "$work" robots-parser@3.0.1
cat >"$work/seen.mjs" <<'JAVASCRIPT'
import assert from "node:assert/strict";
import robots from "robots-parser";

for (const [rule, path, allowed] of [
  ["/~joe/", "/%7Ejoe/", true],
  ["/%7Ejoe/", "/~joe/", true],
  ["/~joe/", "/~joe/", false],
  ["/My Docs/", "/My%20Docs/", false],
]) {
  const text = `User-agent: *\nDisallow: ${rule}`;
  const seen = robots("http://example.com/robots.txt", text).isAllowed(`http://example.com${path}`, "bot");
  console.log(`Disallow: ${rule}`, path, "-> allowed:", seen);
  assert.equal(seen, allowed);
}
JAVASCRIPT
node "$work/seen.mjs"
