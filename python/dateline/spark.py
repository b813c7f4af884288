"""dateline over Spark: pages of a data frame, or of web archives, judged on the workers.

    from dateline.spark import audit
    findings = audit(pages, options=["--profile", "audit"])

Each task runs one program and speaks to it over pipes (`mapInArrow`), so that a worker's Python holds no
more than a batch. A task that is lost is run again by Spark: it has no state but what its partition holds and,
where a cache is named, what the network said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pyarrow
from pyspark.sql import functions

import dateline

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["audit", "audit_archives"]

ROW = "id string, row string"
_MEMBERS = ("id", "text", "html", "markdown", "url", "date", "captured")


def audit(
    pages: DataFrame,
    options: Sequence[str] = (),
    *,
    fetch: Sequence[str] | None = None,
    sites: int = 64,
) -> DataFrame:
    """Judges pages: a data frame of `id` and one of `text`, `html`, `markdown`, and as far as known
    `url`, `date`, `captured`. Gives `id` and `row`, a row of `dateline check` as JSON.

    `options` are those of `dateline check`. Nothing is fetched unless `fetch` holds options of `dateline
    fetch` (an empty list will do): then links are read by partition, the distinct addresses are brought
    together by site, as dateline keeps pace with it (the registrable domain), in `sites` partitions, so that
    a site is asked by one task, and pages are judged with what came of them.
    """
    members = [name for name in _MEMBERS if name in pages.columns]
    pages = pages.select(*(functions.col(name).cast("string").alias(name) for name in members))
    judge = _judging([*options, "--offline"])
    if fetch is None:
        return pages.mapInArrow(judge, ROW)
    asked = pages.mapInArrow(_asked, "id string, address string")
    sited = asked.select("address").distinct().mapInArrow(_sited, "address string, site string")
    once = sited.repartition(sites, "site")
    outcomes = once.select("address").mapInArrow(_fetching(list(fetch)), "address string, outcome string")
    # Without this a lost task of the judgement would ask again.
    outcomes = outcomes.persist()
    of_page = asked.join(outcomes, "address").groupBy("id").agg(
        functions.collect_list("outcome").alias("outcomes")
    )
    return pages.join(of_page, "id", "left").mapInArrow(judge, ROW)


def audit_archives(paths: DataFrame, options: Sequence[str] = ()) -> DataFrame:
    """Judges the pages of web archives: a data frame of `path`, each to a WARC, ARC or WACZ file that the
    workers can read. Gives `id` (the path) and `row`."""

    def judge(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            for path in batch.column("path").to_pylist():
                arguments = ["check", path, "--offline", "--format", "jsonl", "--fail-on", "never"]
                lines = dateline._piped([*arguments, *options], (), may_fail=True)
                yield from _batched(((path, line.rstrip("\n")) for line in lines), ("id", "row"))

    return paths.select("path").mapInArrow(judge, ROW)


def _judging(options: list[str]):
    def judge(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        rows = dateline.check(_rows(batches), options, errors="keep")
        yield from _batched(((_id(row), _json(row)) for row in rows), ("id", "row"))

    return judge


def _asked(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    def found() -> Iterator[tuple[str | None, str]]:
        for row in dateline.links(_rows(batches), errors="keep"):
            for address in {address for link in row.get("links", []) for address in link.get("asks", [])}:
                yield _id(row), address

    yield from _batched(found(), ("id", "address"))


def _sited(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    yield from _batched(dateline.sites(_addresses(batches)), ("address", "site"))


def _fetching(options: list[str]):
    def fetch(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        rows = dateline.fetch(_addresses(batches), options)
        yield from _batched(((row["url"], json.dumps(row)) for row in rows), ("address", "outcome"))

    return fetch


def _addresses(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[str]:
    return (it for batch in batches for it in batch.column("address").to_pylist())


def _rows(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[dict]:
    for batch in batches:
        for row in batch.to_pylist():
            outcomes = row.pop("outcomes", None)
            row = {name: value for name, value in row.items() if value is not None}
            row["outcomes"] = [json.loads(outcome) for outcome in outcomes or []]
            yield row


def _id(row: dict) -> str | None:
    return row.get("document", row.get("failed", {})).get("id")


def _json(row: dict) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _batched(rows: Iterator[tuple], names: tuple[str, ...]) -> Iterator[pyarrow.RecordBatch]:
    """Rows in batches that are small enough to wait for."""
    size = 64
    batch: list[tuple] = []

    def made() -> pyarrow.RecordBatch:
        columns = [pyarrow.array(column, pyarrow.string()) for column in zip(*batch)]
        return pyarrow.RecordBatch.from_arrays(columns, list(names))

    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield made()
            batch = []
    if batch:
        yield made()
