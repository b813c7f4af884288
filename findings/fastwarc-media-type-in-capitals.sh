#!/usr/bin/env bash
# FastWARC 2.0.1 knows a captured answer by the letters `application/http` in lower case. Media
# types have no case (RFC 9110, 8.3.1): a record of `Application/HTTP` loses its status and header
# fields, and its body begins with the HTTP head. warcio 1.8.1 reads it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check FastWARC==2.0.1 warcio==1.8.1
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


import fastwarc.warc
import warcio.archiveiterator

HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nhello"
data = record(HTTP, media="Application/HTTP;msgtype=response")
for seen in fastwarc.warc.ArchiveIterator(io.BytesIO(data)):
    body = seen.reader.read()
    print("FastWARC:", seen.http_headers, body)
    assert seen.http_headers is None and body == HTTP
for seen in warcio.archiveiterator.ArchiveIterator(io.BytesIO(data)):
    body = seen.content_stream().read()
    print("warcio:", seen.http_headers.get_statuscode(), body)
    assert (seen.http_headers.get_statuscode(), body) == ("200", b"hello")
PYTHON
