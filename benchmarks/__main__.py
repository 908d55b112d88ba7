"""Run the benchmarks: ``python -m benchmarks [NAME…]``; without a name all but those by name only."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

import uvloop

from benchmarks import (
    bookings,
    cases,
    handoffs,
    index,
    nlu,
    quality,
    scams,
    start,
    statutes,
    suite,
    surges,
    turn,
)
from benchmarks.result import Result, Skipped, machine_facts, write

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A measurement under the name it is asked for by."""

    measure: Callable[[Say], Coroutine[None, None, Result]]
    by_name_only: bool = False


BENCHMARKS = {
    "turn": Benchmark(measure=turn.measure),
    "nlu": Benchmark(measure=nlu.measure, by_name_only=True),
    "statutes": Benchmark(measure=statutes.measure),
    "quality": Benchmark(measure=quality.measure),
    "scams": Benchmark(measure=scams.measure),
    "bookings": Benchmark(measure=bookings.measure),
    "surges": Benchmark(measure=surges.measure),
    "handoffs": Benchmark(measure=handoffs.measure),
    "start": Benchmark(measure=start.measure),
    "cases": Benchmark(measure=cases.measure, by_name_only=True),
    "suite": Benchmark(measure=suite.measure, by_name_only=True),
}


def main() -> int:
    """Run what was asked for; 1 when a benchmark could not be run or missed a bound."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    names: list[str] = parser.parse_args().names
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"no benchmark {unknown[0]}; there are {', '.join(BENCHMARKS)}")
    chosen = names or [name for name, one in BENCHMARKS.items() if not one.by_name_only]
    kept = [run(name) for name in chosen]
    return 0 if all(kept) else 1


def run(name: str) -> bool:
    """Measure, store and print one benchmark; whether it ran and kept its bounds."""

    def say(line: str) -> None:
        print(f"· {name}: {line}", flush=True)

    machine = machine_facts()
    try:
        result = uvloop.run(BENCHMARKS[name].measure(say))
    except Skipped as reason:
        say(f"skipped: {reason}")
        return True
    # The next benchmark is measured even if this one could not be, for whatever reason.
    except Exception as error:  # noqa: BLE001
        print(f"✗ {name}: {type(error).__name__}: {error}", file=sys.stderr)
        return False
    path = write(name, result, machine=machine)
    index.update()
    say(result.headline)
    for limit in result.limits:
        say(limit.line())
    say(f"→ {path.relative_to(path.parent.parent.parent)}")
    return all(limit.met for limit in result.limits)


if __name__ == "__main__":
    sys.exit(main())
