from __future__ import annotations

from benchmarks.suite import counts


def test_counts_reads_pytests_last_line() -> None:
    output = "1 failed, 2 passed in 1s\nsome words\n=== 1,204 items ===\n310 passed, 4 skipped in 61.20s\n· end\n"
    assert counts(output) == {"passed": 310, "skipped": 4}


def test_counts_of_a_run_that_never_reached_pytest() -> None:
    assert counts("make: *** [run] Error 1\n") == {}
