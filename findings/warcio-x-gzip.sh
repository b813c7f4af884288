#!/usr/bin/env bash
# warcio 1.8.1 decodes a body of `Content-Encoding: gzip` and hands one of `x-gzip` out as it is,
# still compressed and without a word. RFC 9110 (8.4.1.3) has recipients treat both as the same
# coding.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check warcio==1.8.1
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


import gzip

from warcio.archiveiterator import ArchiveIterator

packed = gzip.compress(b"hello", mtime=0)
for coding, body in [("gzip", b"hello"), ("x-gzip", packed)]:
    http = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n".encode() + packed
    (seen,) = [r.content_stream().read() for r in ArchiveIterator(io.BytesIO(record(http)))]
    print(coding, "->", seen)
    assert seen == body
PYTHON
