#!/usr/bin/env python3
"""Dates every page of a folder with htmldate's extensive search: what `dateline date` is timed beside."""

import pathlib
import sys

from htmldate import find_date

for page in sorted(pathlib.Path(sys.argv[1]).rglob("*.html")):
    print(page, find_date(page.read_text(encoding="utf-8", errors="replace"), extensive_search=True))
