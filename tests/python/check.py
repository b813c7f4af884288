"""Holds the Python package against the program itself, alone and over Spark with two executors.

    tests/python/run
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import dateline

OPTIONS = ["--offline", "--profile", "audit", "--now", "2026-11-24"]


def pages(count: int) -> list[dict]:
    text = "---\ndate: 2018-05-25\n---\n\n# News\n\nSee [it](https://n.example/2025/10/17/a{}).\n"
    return [{"id": str(number), "markdown": text.format(number)} for number in range(count)]


def plain(rows: list[dict]) -> list[dict]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "-"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        command = [dateline.program(), "check", "-", "--input-format", "jsonl", "--format", "jsonl", "--fail-on", "never"]
        run = subprocess.run([*command, *OPTIONS], stdin=path.open(), capture_output=True, check=True)
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

    from dateline.spark import audit

    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.executorEnv.PYTHONPATH", str(Path(dateline.__file__).parent.parent))
        .config("spark.executorEnv.DATELINE", dateline.program())
        .getOrCreate()
    )
    rows = pages(400)
    frame = spark.createDataFrame(rows, "id string, markdown string").repartition(4)
    options = OPTIONS[1:]
    want = {row["document"]["id"]: row for row in plain(rows)}
    got = {row.id: json.loads(row.row) for row in audit(frame, options).collect()}
    assert got == want, "Spark's rows are those of the plain run"

    # One task's Python is killed in mid-partition: Spark runs it again, and nothing is lost.
    with tempfile.TemporaryDirectory() as folder:
        mark = str(Path(folder) / "killed")

        def dying(batches):
            import os

            for batch in batches:
                if not os.path.exists(mark):
                    open(mark, "w").close()
                    os._exit(9)
                yield batch

        again = audit(frame.mapInArrow(dying, frame.schema), options).collect()
        assert Path(mark).exists()
        assert {row.id: json.loads(row.row) for row in again} == want
    spark.stop()


if __name__ == "__main__":
    alone()
    print("alone: the package gives what the program gives")
    if "--without-spark" not in sys.argv:
        over_spark()
        print("Spark: two executors give what the program gives, a killed worker or not")
