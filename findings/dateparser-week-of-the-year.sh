#!/usr/bin/env bash
# dateparser 1.5.0 reads an ISO 8601 week as a day of the month: `2018-W21` (May 21 to 27) is the
# 21st of the month in which one asks, `2018-W21-5` (May 25) the 21st of the fifth month.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
cd "$work"
"$work/python/bin/python" - <<'PYTHON'
import datetime

import dateparser

for asked_in, written, day in [
    ((2020, 2, 3), "2018-W21", "2018-02-21"),
    ((2020, 9, 3), "2018-W21", "2018-09-21"),
    ((2020, 2, 3), "2018-W21-5", "2018-05-21"),
]:
    base = datetime.datetime(*asked_in)
    seen = dateparser.parse(written, settings={"RELATIVE_BASE": base})
    print(written, "asked in", base.date(), "->", seen.date())
    assert seen.date().isoformat() == day
PYTHON
