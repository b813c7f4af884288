"""Opens the database, the Parquet folders and the provenance records in a folder, made of two runs."""

import datetime
import json
import re
import sqlite3
import subprocess
import sys
import warnings
from pathlib import Path

import duckdb
import pyarrow.parquet
from prov.model import ProvDocument, ProvEntity

work = Path(sys.argv[1])
database = work / "audit.db"
TABLES = ["runs", "documents", "fetches", "links", "findings", "claims"]


def queries(language):
    """The queries of the documentation, by what is written after the fence."""
    text = Path("docs/database.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"^```{language}\n(.*?)^```", text, re.S | re.M)
    statements = [part.strip() for block in blocks for part in block.split(";")]
    return [statement for statement in statements if statement]


def shell(sql):
    done = subprocess.run(
        ["sqlite3", "-json", database], input=f"{sql};", capture_output=True, text=True
    )
    assert done.returncode == 0 and not done.stderr, f"{sql}\n{done.stderr}"
    return json.loads(done.stdout) if done.stdout.strip() else []


def check_sqlite():
    assert shell("PRAGMA foreign_key_check") == []
    assert shell("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    for table in TABLES:
        assert shell(f"SELECT count(*) AS n FROM {table}")[0]["n"] > 0, f"{table} is empty"
    for view in ["dead_links_by_host", "postdating_links", "rot_by_year"]:
        for run in [1, 2]:
            assert shell(f"SELECT * FROM {view} WHERE run_id = {run}"), f"{view} is empty"
    found = {query: shell(query) for query in queries("sql")}
    assert len(found) >= 4, "the documentation has queries"
    came = next(rows for query, rows in found.items() if "max(id) - 1" in query)
    assert came and all("moscow-times" in row["name"] for row in came), came
    print(f"sqlite3: keys are clean, {len(found)} queries of the documentation run")


def check_datasette():
    for path in [*TABLES, "dead_links_by_host", "postdating_links", "rot_by_year"]:
        get = ["--get", f"/audit/{path}.json?_shape=array"]
        done = subprocess.run(
            [sys.executable, "-m", "datasette", database, *get], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout), f"{path} is empty"
    print("datasette: tables and views open")


def plain(value):
    """A value as the database holds it."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).replace(tzinfo=None)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def same(ours, theirs):
    if isinstance(ours, datetime.datetime):
        stated = datetime.datetime.fromisoformat(theirs.replace("Z", "+00:00"))
        return ours == stated.replace(tzinfo=None)
    return ours == theirs


def check_parquet():
    connection = sqlite3.connect(database)
    folder = work / "audits" / "run=first"
    for table in TABLES:
        where = "WHERE id <= ?" if table != "runs" else "WHERE id <= min(1, ?)"
        arrow = pyarrow.parquet.ParquetFile(folder / table / f"{table}.parquet").read()
        rows = arrow.to_pylist()
        cursor = connection.execute(f"SELECT * FROM {table} {where} ORDER BY id", [len(rows)])
        names = [column[0] for column in cursor.description]
        assert names == arrow.column_names, table
        for ours, theirs in zip(rows, cursor.fetchall(), strict=True):
            for name, value in zip(names, theirs, strict=True):
                assert same(plain(ours[name]), value), f"{table}.{name}: {ours[name]} is {value}"
    print("pyarrow: the tables are those of the database")
    duck = duckdb.connect()
    duck.execute(f"SET file_search_path = '{work}'")
    found = [duck.sql(query).fetchall() for query in queries("duckdb")]
    assert len(found) >= 2 and all(found), "the documentation has queries that find something"
    print(f"duckdb: {len(found)} queries of the documentation run")


def check_prov():
    warnings.simplefilter("error")
    for name in ["first", "second"]:
        rows = (work / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        with open(work / f"{name}.json", encoding="utf-8") as file:
            record = ProvDocument.deserialize(file, format="json")
        bundles = list(record.bundles)
        assert len(bundles) == len(rows)
        kinds = {str(kind) for bundle in bundles for entity in bundle.get_records(ProvEntity)
                 for kind in entity.get_asserted_types()}
        wanted = ["Article", "Link", "Resource", "Page", "Failure", "Capture", "Claim", "Finding"]
        assert {f"dateline:{kind}" for kind in wanted} <= kinds, kinds
        # What was read is written and read again, in two notations, and is the same.
        for notation in ["json", "xml"]:
            written = record.serialize(format=notation)
            assert ProvDocument.deserialize(content=written, format=notation) == record, notation
        flat = record.flattened()
        assert flat.unified(), "names that are used twice say the same"
        print(f"prov: {len(bundles)} bundles, {len(flat.get_records())} statements")


check_sqlite()
check_datasette()
check_parquet()
check_prov()
