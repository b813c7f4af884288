#!/usr/bin/env bash
# WARC 1.1 lets WARC-Date be as short as a year (5.4: any precision of W3CDTF). FastWARC 2.0.1 gives
# no date (None) for a day or a year, without a word; cdxj-indexer 1.5.0 writes midnight for a day,
# which nobody stated, and stops with a TypeError at a year, so that records after it are not
# indexed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check FastWARC==2.0.1 warcio==1.8.1 cdxj-indexer==1.5.0
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
import io

HEAD = (
    "WARC/1.1\r\nWARC-Type: response\r\n"
    "WARC-Record-ID: <urn:uuid:12345678-1234-4234-8234-123456789012>\r\n"
    "WARC-Date: {date}\r\nWARC-Target-URI: http://example.com/\r\n"
    "Content-Type: {media}\r\nContent-Length: {length}\r\n\r\n"
)


def record(http, date="2018-05-25T10:00:00Z", media="application/http;msgtype=response"):
    head = HEAD.format(date=date, media=media, length=len(http))
    return head.encode() + http + b"\r\n\r\n"


import subprocess
import sys
from pathlib import Path

from fastwarc.warc import ArchiveIterator

HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nhello"
for date, key in [("2018-05-25", "20180525000000"), ("2018", None)]:
    data = record(HTTP, date=date)
    (seen,) = [r.record_date for r in ArchiveIterator(io.BytesIO(data))]
    Path("one.warc").write_bytes(data)
    indexer = str(Path(sys.executable).with_name("cdxj-indexer"))
    ran = subprocess.run([indexer, "one.warc"], capture_output=True, text=True)
    last = ran.stderr.strip().split("\n")[-1]
    print(date, "-> FastWARC:", seen, "| cdxj-indexer:", ran.stdout.strip()[:40] or last)
    assert seen is None
    if key:
        assert ran.stdout.split()[1] == key
    else:
        assert ran.returncode != 0 and last.startswith("TypeError")
PYTHON
