#!/usr/bin/env bash
# FastWARC 2.0.1 verifies only one of the two digests of a sound response, by how the iterator was made,
# and says False of the other as of a damaged record, without an error: with `parse_http=True` (the
# default) `verify_block_digest()` is False, with `parse_http=False` `verify_payload_digest()` is.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check FastWARC==2.0.1 warcio==1.8.1
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
import io

from fastwarc.warc import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

output = io.BytesIO()
writer = WARCWriter(output, gzip=True)
headers = [("Content-Type", "text/html"), ("Content-Length", "5")]
writer.write_record(
    writer.create_warc_record(
        "http://example.com/", "response", payload=io.BytesIO(b"words"),
        http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
    )
)
for parse_http, expected in [(True, [False, True]), (False, [True, False])]:
    seen = []
    for check in ("verify_block_digest", "verify_payload_digest"):
        records = ArchiveIterator(io.BytesIO(output.getvalue()), parse_http=parse_http)
        seen.append(getattr(next(records), check)())
    print(f"parse_http={parse_http}: block {seen[0]}, payload {seen[1]}")
    assert seen == expected
PYTHON
