"""Holds the Python package against the program itself, alone and over Spark with two executors.

    tests/python/run
"""

import collections
import http.server
import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import dateline

OPTIONS = ["--offline", "--profile", "audit", "--now", "2026-11-24"]


def pages(count: int) -> list[dict]:
    text = "---\ndate: 2018-05-25\n---\n\n# News\n\nSee [it](https://n.example/2025/10/17/a{}).\n"
    return [{"id": str(number), "markdown": text.format(number)} for number in range(count)]


def plain(rows: list[dict], options: list[str] = OPTIONS) -> list[dict]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "-"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        command = [dateline.program(), "check", "-", "--input-format", "jsonl", "--format", "jsonl", "--fail-on", "never"]
        run = subprocess.run([*command, *options], stdin=path.open(), capture_output=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def alone() -> None:
    rows = pages(300)
    assert list(dateline.check(rows, OPTIONS)) == plain(rows)
    assert len(list(dateline.links(rows))) == len(list(dateline.date(rows))) == 300
    # An endless iterator is read only as far as its rows are wanted.
    endless = (row for _ in iter(int, 1) for row in rows)
    assert next(dateline.check(endless, OPTIONS))["document"]["id"] == "0"
    bad = [rows[0], {"id": "seven", "text": 7}, rows[1]]
    try:
        list(dateline.check(bad, OPTIONS))
    except dateline.DatelineError as error:
        assert (error.id, error.line) == ("seven", 2), error
    else:
        raise AssertionError("a row that is no good raises")
    kept = list(dateline.check(bad, OPTIONS, errors="keep"))
    assert [("failed" in row) for row in kept] == [False, True, False]
    try:
        list(dateline.check(rows, ["--no-such-option"]))
    except dateline.DatelineError as error:
        assert "--no-such-option" in str(error)
    else:
        raise AssertionError("a bad option raises")
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps(row) + "\n" for row in plain(rows))
        file.flush()
        table = dateline.read(file.name)
        assert table.num_rows == 300 and table["published"][0].as_py() == "2018-05-25"
        assert table["findings"][0][0]["rule"].as_py() == "link-postdates-article"


def over_spark() -> None:
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        # A partition comes in many batches, so that something can die in its midst.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "10")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.executorEnv.PYTHONPATH", str(Path(dateline.__file__).parent.parent))
        .config("spark.executorEnv.DATELINE", dateline.program())
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("OFF")
    offline(spark)
    fetching(spark)
    archives(spark)
    spark.stop()


def offline(spark) -> None:
    from dateline.spark import audit

    rows = pages(400)
    frame = spark.createDataFrame(rows, "id string, markdown string").repartition(4)
    options = OPTIONS[1:]
    want = {row["document"]["id"]: row for row in plain(rows)}
    got = audit(frame, options).collect()
    assert len(got) == 400
    assert {row.id: json.loads(row.row) for row in got} == want, "Spark's rows are those of the plain run"

    # One task's Python is killed in mid-partition: Spark runs it again, and nothing is lost.
    with tempfile.TemporaryDirectory() as folder:
        mark = str(Path(folder) / "killed")

        def dying(batches):
            import os

            for number, batch in enumerate(batches):
                if number == 4 and not os.path.exists(mark):
                    open(mark, "w").close()
                    os._exit(9)
                yield batch

        again = audit(frame.mapInArrow(dying, frame.schema), options).collect()
        assert Path(mark).exists()
        assert len(again) == 400
        assert {row.id: json.loads(row.row) for row in again} == want


def fetching(spark) -> None:
    """What is fetched by site and judged by a join is what one run fetches and judges."""
    from dateline.spark import audit

    asked: collections.Counter = collections.Counter()

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked[self.headers["Host"] + self.path] += 1
            if self.path.startswith("/gone"):
                self.send_error(404)
                return
            if self.path.startswith("/moved"):
                self.send_response(302)
                self.send_header("Location", "/there")
                self.end_headers()
                return
            body = b"<title>A page</title><meta property='article:published_time' content='2025-01-02'>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    hosts = [f"http://127.0.0.{n}:{server.server_port}" for n in (1, 2, 3)]
    text = "---\ndate: 2018-05-25\n---\n\n# News\n\nSee [one]({}), [two]({}) and [three]({}).\n"
    rows = [
        {"id": str(n), "markdown": text.format(f"{hosts[n % 3]}/{n % 20}", f"{hosts[0]}/gone", f"{hosts[1]}/moved{n}")}
        for n in range(60)
    ]
    net = ["--allow-net", "127.0.0.0/8", "--host-interval", "0", "--cache", "off"]
    options = OPTIONS[1:]
    frame = spark.createDataFrame(rows, "id string, markdown string").repartition(4)
    got = {row.id: timeless(json.loads(row.row)) for row in audit(frame, options, fetch=net).collect()}
    # Where a redirect leads may be asked for each page that leads there, by one task as by another.
    links = {where: times for where, times in asked.items() if "/there" not in where and "robots" not in where}
    assert links and set(links.values()) == {1}, f"each address is asked once: {links}"
    want = {row["document"]["id"]: timeless(row) for row in plain(rows, [*options, *net])}
    assert any(row["findings"] for row in want.values())
    assert got == want, "what Spark fetched is what one run fetches"
    sites = dict(dateline.sites(["https://a.b.example.co.uk/x", "https://me.github.io/", "http://127.0.0.1:8/"]))
    assert list(sites.values()) == ["example.co.uk", "me.github.io", "127.0.0.1"], sites
    server.shutdown()


def timeless(row: dict) -> dict:
    """A row without the times at which links were asked."""
    for link in row["links"]:
        link.get("status", {}).pop("fetched", None)
    return row


def archives(spark) -> None:
    """Web archives are read where the workers are."""
    from dateline.spark import audit_archives

    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(3):
            path = Path(folder) / f"{number}.warc"
            path.write_bytes(b"".join(record(number, page) for page in range(20)))
            paths.append((str(path),))
        want = []
        for (path,) in paths:
            command = [dateline.program(), "check", path, "--format", "jsonl", "--fail-on", "never", *OPTIONS]
            run = subprocess.run(command, capture_output=True, check=True)
            want += [(path, json.loads(line)) for line in run.stdout.splitlines()]
        frame = spark.createDataFrame(paths, "path string").repartition(2)
        got = [(row.id, json.loads(row.row)) for row in audit_archives(frame, OPTIONS[1:]).collect()]
        assert len(want) == 60 and sorted(got, key=str) == sorted(want, key=str)


def record(archive: int, page: int) -> bytes:
    body = (
        "<html><head><title>News</title><meta property='article:published_time' content='2018-05-25'></head>"
        f"<body><article><p>See <a href='https://n.example/2025/10/17/a{archive}{page}'>it</a>.</article>"
    ).encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{archive:06}{page:06}>\r\n"
        "WARC-Date: 2018-06-01T00:00:00Z\r\n"
        f"WARC-Target-URI: https://n.example/2018/05/25/{archive}-{page}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


if __name__ == "__main__":
    alone()
    print("alone: the package gives what the program gives")
    if "--without-spark" not in sys.argv:
        over_spark()
        print("Spark: two executors give what the program gives: pages, links, archives, a killed worker")
