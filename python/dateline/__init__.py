"""dateline from Python: documents in, findings out, through one process and its pipes.

Rows are dictionaries as docs/corpus.md describes them: `{"id", "text" | "html" | "markdown", "url",
"date", "captured", "outcomes"}` in, the rows of `--format jsonl` out. Everything streams: an iterator is
read only as fast as its rows are judged.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow

__all__ = ["DatelineError", "Row", "addresses", "check", "date", "fetch", "links", "program", "read", "sites"]

Row = Mapping[str, Any]
"""One row, as JSON has it."""


class DatelineError(Exception):
    """The program ended early, or could not read a document.

    `id` is the document's, where one is at fault, and `line` its number among the rows, from one.
    """

    def __init__(self, problem: str, *, id: str | None = None, line: int | None = None) -> None:
        super().__init__(problem)
        self.id = id
        self.line = line


def program() -> str:
    """The program that is run: `$DATELINE`, or the one of this package, or else that of the path."""
    named = os.environ.get("DATELINE")
    if named:
        return named
    own = Path(sysconfig.get_path("scripts")) / ("dateline.exe" if os.name == "nt" else "dateline")
    found = str(own) if own.exists() else shutil.which("dateline")
    if found is None:
        raise DatelineError("the program `dateline` is not installed: set DATELINE to its path")
    return found


def check(rows: Iterable[Row], options: Sequence[str] = (), *, errors: str = "raise") -> Iterator[dict]:
    """What does not fit in documents: a row a document, in their order.

    `options` are those of `dateline check`, such as `["--offline", "--profile", "audit"]`. A document
    that cannot be read raises `DatelineError`; with `errors="keep"` its row comes, with `failed`.
    """
    common = ["check", "-", "--input-format", "jsonl", "--format", "jsonl", "--fail-on", "never"]
    return _documents([*common, *options], rows, errors)


def links(rows: Iterable[Row], options: Sequence[str] = (), *, errors: str = "raise") -> Iterator[dict]:
    """Every link of documents: a row a document, with its `links`."""
    return _documents(
        ["links", "-", "--input-format", "jsonl", "--format", "jsonl", *options], rows, errors
    )


def date(rows: Iterable[Row], options: Sequence[str] = (), *, errors: str = "raise") -> Iterator[dict]:
    """What is claimed about the dates of documents: a row a document, with its `claims`."""
    return _documents(
        ["date", "-", "--input-format", "jsonl", "--format", "jsonl", *options], rows, errors
    )


def fetch(addresses: Iterable[str | Row], options: Sequence[str] = ()) -> Iterator[dict]:
    """What comes of asking addresses, or those of rows of `links`: an outcome row each, once.

    `options` are those of `dateline fetch`, such as `["--cache", "off"]`.
    """
    lines = (it if isinstance(it, str) else json.dumps(it) for it in addresses)
    for line in _piped(["fetch", "-", *options], lines):
        yield json.loads(line)


def addresses(rows: Iterable[Row]) -> Iterator[str]:
    """The addresses that a check of documents would ask, of rows of `links`, each once."""
    for line in _piped(["fetch", "-", "--list"], (json.dumps(row) for row in rows)):
        yield line.rstrip("\n")


def sites(addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Addresses, each once, with the site by which pace and pauses are kept: the registrable domain."""
    for line in _piped(["fetch", "-", "--list", "--sites"], addresses):
        site, _, address = line.rstrip("\n").partition("\t")
        yield address, site


def read(path: str | os.PathLike[str]) -> pyarrow.Table:
    """The rows of a report as an Arrow table: documents by input, id and address, what is known of
    their dates, and their findings."""
    import pyarrow

    text = pyarrow.string()
    finding = pyarrow.struct(
        [("rule", text), ("level", text), ("confidence", text), ("title", text), ("message", text), ("url", text)]
    )
    schema = pyarrow.schema(
        [
            ("input", text),
            ("id", text),
            ("url", text),
            ("title", text),
            ("published", text),
            ("modified", text),
            ("failed", text),
            ("findings", pyarrow.list_(finding)),
        ]
    )
    batches, rows = [], []

    def flush() -> None:
        batches.append(pyarrow.RecordBatch.from_pylist(rows, schema=schema))
        rows.clear()

    # The program reads what is packed, and several files at once.
    for line in _piped(["report", os.fspath(path), "--format", "jsonl", "--rows", "compact"], ()):
        rows.append(_flat(json.loads(line)))
        if len(rows) == 1024:
            flush()
    flush()
    return pyarrow.Table.from_batches(batches, schema=schema)


def _flat(row: dict) -> dict:
    document = row.get("document", {})
    day = lambda name: (row.get(name) or {}).get("date")
    return {
        "input": row["input"],
        "id": document.get("id"),
        "url": document.get("url"),
        "title": document.get("title"),
        "published": day("published"),
        "modified": day("modified"),
        "failed": row.get("failed", {}).get("problem"),
        "findings": row.get("findings", []),
    }


def _documents(arguments: list[str], rows: Iterable[Row], errors: str) -> Iterator[dict]:
    if errors not in ("raise", "keep"):
        raise ValueError('errors is "raise" or "keep"')
    for line in _piped(arguments, (json.dumps(row) for row in rows), may_fail=True):
        row = json.loads(line)
        failed = row.get("failed")
        if failed and errors == "raise":
            raise DatelineError(failed["problem"], id=failed.get("id"), line=failed.get("line"))
        yield row


def _piped(arguments: list[str], lines: Iterable[str], *, may_fail: bool = False) -> Iterator[str]:
    """Runs the program, with lines going in as others come out.

    A thread writes, and waits where the program does; what goes wrong while `lines` are made is
    raised here. With `may_fail` a document that cannot be read is no failure of the whole: it has a row.
    """
    wrong: list[BaseException] = []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            [program(), "--quiet" if not may_fail else "--color=never", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            encoding="utf-8",
        )
        assert process.stdin is not None and process.stdout is not None
        stdin = process.stdin

        def write() -> None:
            try:
                for line in lines:
                    stdin.write(line + "\n")
            except BrokenPipeError:
                pass  # The program ended; why is told by what it said.
            except BaseException as error:  # What the caller's iterator raised is the caller's.
                wrong.append(error)
            finally:
                try:
                    stdin.close()
                except BrokenPipeError:
                    pass

        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        rows = 0
        try:
            for line in process.stdout:
                rows += 1
                yield line
            writer.join()
            status = process.wait()
        finally:
            # The caller may have had enough.
            if process.poll() is None:
                process.kill()
                process.wait()
            process.stdout.close()
        if wrong:
            raise wrong[0]
        # Unreadable documents end a run with 2, too; those have their rows.
        if status not in (0, 1) and not (may_fail and status == 2 and rows > 0):
            said.seek(0)
            raise DatelineError(said.read().strip() or f"dateline ended with status {status}")
