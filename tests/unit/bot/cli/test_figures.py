"""Tables of an evaluation: aligned with Chinese in them, short, and absent where all is well."""

from __future__ import annotations

import io

from rich.cells import cell_len
from rich.console import Console

from bot.cli.figures import CONFUSIONS_SHOWN, WORST_SHOWN, tables
from bot.cli.speech import words
from nlu.evaluation import Example, Report, Verdict, score
from nlu.intents import meanings


def report(pairs: list[tuple[str, str | None]]) -> Report:
    return score(
        [
            Verdict(
                example=Example(text="x", intent=want), got=got, confidence=0.5, fallback=False
            )
            for want, got in pairs
        ]
    )


def printed(found: Report, *, width: int = 100) -> list[str]:
    console = Console(file=io.StringIO(), width=width)
    for table in tables(found):
        console.print(table)
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_all_right_needs_no_table() -> None:
    assert printed(report([("greet", "greet")])) == []


def test_columns_are_aligned_in_cells() -> None:
    lines = printed(report([("greet", "thanks"), ("thanks", "thanks"), ("cancel", None)]))

    title, head, *worst = lines[:5]
    assert title == words("worst_intents")
    assert head.endswith(words("worst_n"))
    assert {cell_len(line) for line in (head, *worst)} == {cell_len(head)}
    assert [line.split()[0] for line in worst] == ["cancel", "greet", "thanks"]
    assert worst[1].split() == ["greet", meanings()["greet"], "0.00", "0.00", "0.00", "1"]


def test_nothing_read_has_a_name() -> None:
    lines = printed(report([("cancel", None)]))

    assert lines[-1].split() == ["cancel", words("confusion_unread"), "1"]


def test_only_the_first_are_shown() -> None:
    pairs: list[tuple[str, str | None]] = [(intent, "greet") for intent in meanings()]

    lines = printed(report(pairs))

    assert len(lines) == (2 + WORST_SHOWN) + (2 + CONFUSIONS_SHOWN)


def test_a_narrow_terminal_loses_no_words() -> None:
    lines = printed(report([("out_of_scope", "greet")]), width=56)

    assert "…" not in "".join(lines)
    told = "".join(line.removeprefix("out_of_scope").split()[0] for line in lines[2:4])
    assert told == meanings()["out_of_scope"]
