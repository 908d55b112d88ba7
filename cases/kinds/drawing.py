"""Draws the course of every kind for the docs: ``python -m cases.kinds.drawing``."""

from __future__ import annotations

from pathlib import Path

from cases.kinds.catalogue import machines
from cases.kinds.machine import Basis, Binds, ClockRule, Machine
from timekeeping.periods import Unit

PAGE = Path(__file__).parents[2] / "docs/reference/case-states.md"
WORDING = Path(__file__).with_name("drawing.yml")


def page() -> str:
    """The page as it must stand in the docs."""
    words = _words()
    return words["head"] + "".join(_section(machine, words) for machine in machines())


def _section(machine: Machine, words: dict[str, str]) -> str:
    return words["section"].format(
        name=machine.name,
        kind=machine.kind,
        diagram="\n".join(_diagram(machine)),
        staying="\n".join(_staying(machine, words)),
        clocks="\n".join(_clock(machine, rule, words) for rule in machine.clocks.values()),
    )


def _diagram(machine: Machine) -> list[str]:
    """Mermaid: an arrow for each two states, naming every step that leads from one to the other."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for (state, command), move in machine.moves.items():
        if move.to is not None and move.to != state:
            label = machine.command_labels[command]
            arrows.setdefault((state, move.to), []).append(label)
    lines = ["stateDiagram-v2"]
    lines += [f"  {state}: {label}" for state, label in machine.state_labels.items()]
    command, opening = machine.opening
    lines.append(f"  [*] --> {opening.to}: {machine.command_labels[command]}")
    lines += [f"  {a} --> {b}: {'、'.join(labels)}" for (a, b), labels in arrows.items()]
    lines += [f"  {state} --> [*]" for state in machine.state_labels if state in machine.ends]
    return lines


def _staying(machine: Machine, words: dict[str, str]) -> list[str]:
    """The steps that change no state, with the states they can be taken in."""
    found: dict[str, list[str]] = {}
    for (state, command), move in machine.moves.items():
        if move.to is None:
            found.setdefault(command, []).append(state)
    return [
        words["staying"].format(
            command=command,
            label=machine.command_labels[command],
            states=_listed(machine, states, words),
        )
        for command, states in found.items()
    ]


def _listed(machine: Machine, states: list[str], words: dict[str, str]) -> str:
    if set(states) == machine.open_states:
        return words["open"]
    return "、".join(machine.state_labels[s] for s in states)


def _clock(machine: Machine, rule: ClockRule, words: dict[str, str]) -> str:
    unit = words["workdays" if rule.unit is Unit.WORKDAYS else "days"]
    extended = f"{rule.extend_by} {unit}" if rule.extend_by else ""
    shown = rule.basis is Basis.LAW
    return words["clock"].format(
        name=rule.name,
        what=rule.what,
        length=f"{rule.days} {unit}" if rule.days else words["decided"],
        extended=extended,
        binds=words[f"binds_{Binds(rule.binds)}"],
        basis=f"《{rule.law}》{rule.article}" if shown else words[f"basis_{rule.basis}"],
        alone=_alone(machine, rule, words),
    )


def _alone(machine: Machine, rule: ClockRule, words: dict[str, str]) -> str:
    over = "over_later" if rule.grace else "over"
    return "；".join(
        words[key].format(label=machine.command_labels[command], grace=rule.grace)
        for key, command in (("warn", rule.warn), (over, rule.over))
        if command
    )


def _words() -> dict[str, str]:
    import yaml

    words: dict[str, str] = yaml.safe_load(WORDING.read_text(encoding="utf-8"))
    return words


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
