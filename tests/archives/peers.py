"""Runs dateline beside the tools of web archives. Ends with what does not hold."""

import gzip
import io
import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATELINE, WGET, NODE, WORK = sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])

STORY = "/2025/10/17/a-story"
FORMER, NEWER = (f"/{day}/what-came-of-that-day" for day in ("2018/05/23", "2025/10/16"))
WORDS = " ".join(f"word{n * 7 % 101 + n}" for n in range(300))


def html(title, words=WORDS):
    head = f"<!doctype html><title>{title}</title>"
    return f"{head}<article><h1>{title}</h1><p>{words}</p></article>".encode()


PAGES = {STORY: html("A story"), "/report": html("A report"), "/moved-to": html("The new place"), NEWER: html("Of that day")}


class Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = PAGES.get(self.path)
        if self.path == "/moved":
            status, body, more = 301, b"", {"Location": "/moved-to"}
        elif body is None:
            status, body, more = 404, b"gone", {}
        else:
            status, more = 200, {"Content-Type": "text/html; charset=utf-8"}
        self.send_response(status)
        for name, value in {**more, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def check(holds, what):
    if not holds:
        sys.exit(f"FAILED: {what}")
    print(f"ok: {what}")


def dateline(*arguments, cwd=WORK):
    """Runs a check; gives the row of the article and what was said."""
    command = [DATELINE, "check", "article.md", "--format", "jsonl", "--now", "2026-01-01"]
    fetching = ["--cache", "off", "--allow-net", "127.0.0.0/8", "--host-interval", "0"]
    more = ["--fail-on", "never", "--profile", "audit", *arguments]
    ran = subprocess.run(command + fetching + more, cwd=cwd, capture_output=True, text=True)
    if ran.returncode != 0:
        sys.exit(f"FAILED: {' '.join(ran.args)}\n{ran.stderr}")
    return json.loads(ran.stdout.splitlines()[0]), ran.stderr


def verdicts(row):
    """What came of each link, by its path."""
    links = ((link["url"].split("/", 3)[3], link["status"]) for link in row["links"])
    return {path: (status["verdict"], status.get("code")) for path, status in links}


def rules(row):
    return sorted({finding["rule"] for finding in row["findings"]})


def write_article(*paths, day="2018-05-25"):
    links = "".join(f"See [a report]({SITE}{path}).\n\n" for path in paths)
    text = f"---\ndate: {day}\n---\n\n# Headline of the piece\n\n{links}"
    (WORK / "article.md").write_text(text)


def free_port():
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return bound.getsockname()[1]


def wget_is_answered_from():
    urls = [SITE + path for path in ("/report", "/moved", "/nothing")]
    (WORK / "urls").write_text("\n".join(urls))
    subprocess.run(
        [WGET, "--quiet", "--input-file=urls", "--warc-file=wget", "--output-document=/dev/null"],
        cwd=WORK, check=False,
    )
    write_article("/report", "/moved", "/nothing", "/unknown")
    live = verdicts(dateline()[0])
    row, _ = dateline("--replay", "wget.warc.gz")
    found = verdicts(row)
    # The same uncompressed, and in one gzip member, as other tools pack it.
    plain = gzip.decompress((WORK / "wget.warc.gz").read_bytes())
    (WORK / "plain.warc").write_bytes(plain)
    (WORK / "one.warc.gz").write_bytes(gzip.compress(plain))
    for packed in ("plain.warc", "one.warc.gz"):
        same = verdicts(dateline("--replay", packed)[0])
        check(same == found, f"and does so as {packed}")
    check(found.pop("unknown") == ("not-recorded", None), "what wget did not ask is not recorded")
    check(found == {path: live[path] for path in found}, f"wget's recording answers: {found}")


def capture(writer, path, at, body, status="200 OK", kind="response", **more):
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
    record = writer.create_warc_record(
        SITE + path, kind, payload=io.BytesIO(body), http_headers=http,
        warc_headers_dict={"WARC-Date": at, **more},
    )
    writer.write_record(record)
    return record


def archive(name):
    """A page that was captured before its address says it was written, and one that changed."""
    with open(WORK / name, "wb") as output:
        writer = WARCWriter(output, gzip=True)
        story = capture(writer, STORY, "2018-05-24T09:00:00Z", PAGES[STORY])
        capture(writer, "/report", "2018-05-24T09:00:00Z", html("A report", WORDS.replace("w", "f")))
        capture(writer, "/report", "2025-11-03T09:00:00Z", PAGES["/report"])
        capture(writer, "/lost", "2018-05-20T09:00:00Z", html("What was lost"))
        capture(writer, "/lost", "2021-05-20T09:00:00Z", b"gone", status="404 Not Found")
        capture(writer, FORMER, "2018-05-24T10:00:00Z", html("Of that day"))
        capture(writer, NEWER, "2025-10-18T09:00:00Z", html("Of that day"))
        revisit = writer.create_revisit_record(
            SITE + STORY, story.rec_headers.get_header("WARC-Payload-Digest"),
            SITE + STORY, "2018-05-24T09:00:00Z", http_headers=story.http_headers,
            warc_headers_dict={"WARC-Date": "2020-01-01T00:00:00Z"},
        )
        writer.write_record(revisit)


def warcio_is_answered_from():
    write_article(STORY, "/lost")
    archive("two.warc.gz")
    row, _ = dateline("--replay", "wget.warc.gz", "--replay", "two.warc.gz")
    found = {path: code for path, (_, code) in verdicts(row).items()}
    check(found == {STORY[1:]: 200, "lost": 200}, f"the nearest captures answer: {found}")
    write_article("/lost", day="2022-01-01")
    row, _ = dateline("--replay", "two.warc.gz")
    check(verdicts(row)["lost"] == ("not-found", 404), "later, the page was gone")
    write_article(STORY, day="2020-01-05")
    row, _ = dateline("--replay", "two.warc.gz")
    [link] = row["links"]
    check(link["status"]["title"] == "A story", "a revisit has the content of what it repeats")
    fetched = link["status"]["fetched"]
    check(fetched.startswith("2020-01-01"), f"and its own time: {fetched}")


def what_is_recorded_is_read():
    write_article("/report", "/moved", "/nothing")
    live, _ = dateline("--record", "own.warc.gz")
    again, _ = dateline("--replay", "own.warc.gz")
    check(live == again, "a replayed run comes to the same row")
    kinds, ids, tied = [], set(), []
    with open(WORK / "own.warc.gz", "rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            fields = record.rec_headers
            kinds.append(record.rec_type)
            ids.add(fields.get_header("WARC-Record-ID"))
            if record.rec_type == "request":
                tied.append(fields.get_header("WARC-Concurrent-To"))
            record.content_stream().read()
    check(kinds == ["warcinfo"] + ["response", "request"] * 4, f"warcio reads {len(kinds)} records")
    check(len(tied) == 4 and set(tied) <= ids, "each request names its answer")
    with open(WORK / "own.warc.gz", "rb") as stream:
        records = [record for record in FastIterator(stream, parse_http=True)]
        check(len(records) == len(kinds), f"FastWARC reads {len(records)} records")
    with open(WORK / "own.warc.gz", "rb") as stream:
        blocks = [record.verify_block_digest() for record in FastIterator(stream, parse_http=False)]
    with open(WORK / "own.warc.gz", "rb") as stream:
        answers = FastIterator(stream, parse_http=True, record_types=WarcRecordType.response)
        payloads = [record.verify_payload_digest() for record in answers]
    check(all(blocks) and all(payloads) and len(payloads) == 4, "and verifies their digests")
    made = subprocess.run(
        ["wacz", "create", "--file", "own.warc.gz", "--output", "own.wacz", "--url", SITE + "/report"],
        cwd=WORK, capture_output=True, text=True,
    )
    check(made.returncode == 0 and (WORK / "own.wacz").stat().st_size > 0, "wacz packs it")
    again, _ = dateline("--replay", "own.wacz")
    check(live == again, "and a run answered from the collection comes to the same row")


def warcio_js_reads_it():
    listed = subprocess.run(
        [NODE, "node_modules/warcio/dist/cli.js", "index", "own.warc.gz"],
        cwd=WORK, capture_output=True, text=True,
    )
    lines = [json.loads(line) for line in listed.stdout.splitlines() if line.startswith("{")]
    kinds = sorted({line["warc-type"] for line in lines})
    check(kinds == ["request", "response", "warcinfo"], f"warcio.js reads {len(lines)} records {listed.stderr[-300:]}")


def documents(*inputs):
    command = [DATELINE, "links", *inputs, "--format", "jsonl", "--now", "2026-01-01"]
    ran = subprocess.run(command, cwd=WORK, capture_output=True, text=True)
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    return [row for row in rows if "document" in row], ran.stderr


def collections_are_read():
    alone, _ = documents("two.warc.gz")
    check(len(alone) == 7, f"{len(alone)} pages of eight records, one of which was gone")
    stored, deflated = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
    for name, kind, large in [("64.wacz", stored, True), ("small.wacz", deflated, False)]:
        with zipfile.ZipFile(WORK / name, "w", kind) as packed:
            with packed.open("archive/two.warc.gz", "w", force_zip64=large) as part:
                part.write((WORK / "two.warc.gz").read_bytes())
        inside, said = documents(name)
        urls = [[row["document"]["url"] for row in rows] for rows in (alone, inside)]
        # In what is packed twice, what a revisit repeats is not looked for, and is told.
        told = "revisit" in said
        check(urls[0] == urls[1] or (not large and urls[0][:-1] == urls[1] and told), f"{name} holds the same: {said}")
    gone, said = documents("two.warc.gz", "--records", "status=404")
    captured = [row["document"]["captured"] for row in gone]
    check(captured == ["2021-05-20T09:00:00Z"], f"what was gone is read where it is asked for: {captured} {said[-200:]}")
    later, said = documents("two.warc.gz", "--records", "from=2025")
    check(0 < len(later) < len(alone), f"{len(later)} are of 2025: {said[-200:]}")


def pywb_is_asked():
    subprocess.run(["wb-manager", "init", "all"], cwd=WORK, check=True, capture_output=True)
    subprocess.run(
        ["wb-manager", "add", "all", "two.warc.gz", "own.warc.gz"],
        cwd=WORK, check=True, capture_output=True,
    )
    port = free_port()
    wayback = f"http://127.0.0.1:{port}"
    for framed in ("true", "false"):
        (WORK / "config.yaml").write_text(f"framed_replay: {framed}\n")
        server = subprocess.Popen(
            ["wayback", "--port", str(port), "--bind", "127.0.0.1"], cwd=WORK,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        try:
            for _ in range(200):
                try:
                    urllib.request.urlopen(wayback, timeout=1).read()
                    break
                except OSError:
                    time.sleep(0.1)
            with_pywb(wayback, f"framed: {framed}")
        finally:
            server.terminate()
            server.wait()


def with_pywb(wayback, how):
    (WORK / "dateline.toml").write_text(
        f"""[[archive]]
name = "mine"
timemap = "{wayback}/all/timemap/link/{{url}}"
raw = "{wayback}/all/{{time}}id_/{{url}}"
interval = "1ms"

[[archive]]
name = "index"
cdx = "{wayback}/all/cdx?url={{url}}"
search = "{wayback}/all/cdx?url={{host}}&matchType=host&from={{from}}&to={{to}}&filter=~urlkey:.*{{slug}}.*"
raw = "{wayback}/all/{{time}}id_/{{url}}"
interval = "1ms"

[[archive]]
name = "gate"
timegate = "{wayback}/all/{{url}}"
interval = "1ms"

[[archive]]
name = "timed"
timegate = "{wayback}/all/{{time}}/{{url}}"
interval = "1ms"

[[archive]]
name = "wrong"
timemap = "{wayback}/none/timemap/link/{{url}}"
"""
    )
    write_article(STORY)
    row, _ = dateline("--archive", "mine")
    check("redated-link" in rules(row), f"a capture shows the redated page ({how}): {rules(row)}")
    row, _ = dateline("--archive", f"{wayback}/all/timemap/link/{{url}}")
    check("redated-link" in rules(row), "and so it does without a raw form of its own")
    write_article("/report")
    row, _ = dateline("--archive", "mine")
    check("content-drift" in rules(row), f"a page that changed has drifted: {rules(row)}")
    write_article("/lost")
    row, _ = dateline("--archive", "mine")
    [dead] = [finding for finding in row["findings"] if finding["rule"] == "dead-link"]
    told = json.dumps(dead)
    check("/all/20180520090000" in told, f"the capture of what is gone is named: {dead['help']}")
    write_article(STORY)
    row, _ = dateline("--archive", "index")
    check("redated-link" in rules(row), f"its index shows the same: {rules(row)}")
    for gate in ("gate", "timed"):
        write_article("/lost")
        row, _ = dateline("--archive", gate)
        told = json.dumps([finding for finding in row["findings"] if finding["rule"] == "dead-link"])
        check("/all/20180520090000" in told, f"and so does its TimeGate, as {gate}: {told[-200:]}")
    write_article(NEWER)
    row, _ = dateline("--archive", "index")
    told = json.dumps(row["findings"])
    check(SITE + FORMER in told, f"a redated page is found under its former address: {rules(row)}")
    [former] = [found for found in row["links"][0]["status"]["captures"] if found["which"] == "former"]
    check(former["of"] == SITE + FORMER, f"by {former['url']}")
    write_article(STORY)
    _, said = dateline("--archive", "wrong")
    check("could not be asked" in said, "a collection that is none is told")
    (WORK / "dateline.toml").unlink()


server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
SITE = f"http://127.0.0.1:{server.server_address[1]}"
wget_is_answered_from()
warcio_is_answered_from()
what_is_recorded_is_read()
warcio_js_reads_it()
collections_are_read()
pywb_is_asked()
