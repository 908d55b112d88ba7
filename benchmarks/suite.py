"""How long the whole test suite takes, ``make test`` from start to end."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable

from benchmarks.result import Limit, Result
from benchmarks.servers import log_file
from nlu.training import ROOT

COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed|xpassed)")
SECONDS_MOST = 12 * 60
Say = Callable[[str], None]


async def measure(say: Say) -> Result:
    """Wall time, exit code and what pytest counted."""
    say("make test")
    log = log_file("suite")
    begun = time.perf_counter()
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            "make", "test", cwd=ROOT, stdout=output, stderr=asyncio.subprocess.STDOUT
        )
        code = await process.wait()
    seconds = round(time.perf_counter() - begun, 1)
    tests = counts(log.read_text(encoding="utf-8", errors="replace"))
    return Result(
        configuration={},
        figures={"seconds": seconds, "exit_code": code, "tests": tests},
        limits=[
            Limit(name="make test, s", value=seconds, bound=SECONDS_MOST),
            Limit(name="exit code", value=code, bound=0),
        ],
        headline=f"{seconds:.0f} s, {tests.get('passed', 0)} passed, exit code {code}",
    )


def counts(output: str) -> dict[str, int]:
    """The numbers of pytest's last line: passed, failed, skipped and so on."""
    for line in reversed(output.splitlines()):
        if found := COUNT.findall(line):
            return {word: int(number) for number, word in found}
    return {}
