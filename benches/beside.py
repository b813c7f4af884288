#!/usr/bin/env python3
"""Times whole programs beside each other: benches/beside.py [-n RUNS] [--cores LIST] NAME=COMMAND...

Each round runs every command once, in turn, so that what else the machine does falls on all alike.
Prints for each the medians of wall and CPU seconds (user and system) and its peak memory, and the
ratios to the first. Commands run through the shell; what they print is thrown away, and how they end
is told where it changes.
"""

import argparse
import os
import statistics
import subprocess
import time


def run(command):
    began = time.monotonic()
    with open(os.devnull, "wb") as nothing:
        child = subprocess.Popen(["sh", "-c", "exec " + command], stdout=nothing, stderr=nothing)
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - began
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, child.returncode


def main():
    options = argparse.ArgumentParser(usage="%(prog)s [-n RUNS] [--cores LIST] NAME=COMMAND...")
    options.add_argument("-n", type=int, default=7, help="rounds (7)")
    options.add_argument("--cores", help="the cores that all of them may use, such as 0 or 0,1")
    options.add_argument("commands", nargs="+", metavar="NAME=COMMAND")
    given = options.parse_args()
    if given.cores:
        os.sched_setaffinity(0, {int(core) for core in given.cores.split(",")})
    commands = dict(command.split("=", 1) for command in given.commands)
    runs = {name: [] for name in commands}
    for _ in range(given.n):
        for name, command in commands.items():
            runs[name].append(run(command))
    first = None
    print(f"{'':<16}{'wall s':>9}{'CPU s':>9}{'MB':>7}{'wall':>8}{'CPU':>8}")
    for name, taken in runs.items():
        wall, cpu, memory, codes = zip(*taken)
        medians = statistics.median(wall), statistics.median(cpu)
        first = first or medians
        ratios = medians[0] / first[0], medians[1] / first[1]
        line = f"{name:<16}{medians[0]:>9.3f}{medians[1]:>9.3f}{max(memory):>7.0f}"
        ended = "" if len(set(codes)) == 1 else f"  ended with {sorted(set(codes))}"
        print(f"{line}{ratios[0]:>8.2f}{ratios[1]:>8.2f}{ended}")


if __name__ == "__main__":
    main()
