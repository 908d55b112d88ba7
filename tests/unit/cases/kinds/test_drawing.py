from __future__ import annotations

from cases.kinds.catalogue import machines
from cases.kinds.drawing import PAGE, page


def test_the_page_in_the_docs_is_what_the_tables_say() -> None:
    """Stale? ``python -m cases.kinds.drawing`` draws it again."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_state_step_and_period_of_every_kind_is_on_it() -> None:
    drawn = page()

    for machine in machines():
        section = drawn.partition(f"（{machine.kind}）")[2].partition("\n## ")[0]
        for state, label in machine.state_labels.items():
            assert f"  {state}: {label}\n" in section
        for state in machine.ends:
            assert f"  {state} --> [*]\n" in section
        for (state, command), move in machine.moves.items():
            label = machine.command_labels[command]
            if move.to not in {None, state}:
                arrow = next(
                    line
                    for line in section.splitlines()
                    if line.startswith(f"  {state} --> {move.to}: ")
                )
                assert label in arrow.partition(": ")[2].split("、")
            else:
                assert f"| `{command}` | {label} |" in section
        assert all(f"| `{name}` |" in section for name in machine.clocks)
