"""Faults of the training data, found before anything is trained, each with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from core.errors import Invalid
from nlu.evaluation import Example
from nlu.text.extraction import NAMES
from nlu.text.normalise import clean, fold
from nlu.training_files import ANNOTATION, Fault, Line, read_folder
from nlu.wording import words

LONGEST = 300
# What is left of an annotation that was not one: brackets of another width, or only half of them.
BROKEN = re.compile(r"[\]］]\s*[({（｛]|】\s*[(（]\s*[a-z_]+\s*[)）]|\[[^\]]*$|^[^\[]*\]")
SHOWN = 30


class FaultyTraining(Invalid):
    """The training data have faults; ``faults`` holds them all, nothing was trained."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def check(folder: Path, *, known: AbstractSet[str], extra: Sequence[Example]) -> None:
    """Look through a folder of training files; raises ``FaultyTraining`` with every fault in it.

    ``known`` are the intents there may be; ``extra`` the questions of FAQ entries, which must
    not contradict the examples.
    """
    lines, faults = read_folder(folder)
    examples = [line for line in lines if line.kind == "intent"]
    for line in examples:
        faults += [Fault(where=line.where, what=w) for w in _wrong_alone(line, known)]
    faults += _doubled(examples)
    faults += _contradicting(examples, extra)
    faults += [
        Fault(where=words("faq"), what=words("faq_intent", text=e.text, name=e.intent))
        for e in extra
        if e.intent not in known
    ]
    if faults:
        raise FaultyTraining(sorted(faults, key=_position))


def _wrong_alone(line: Line, known: AbstractSet[str]) -> Iterator[str]:
    if line.name not in known:
        yield words("unknown_intent", name=line.name)
    if not clean(line.text):
        yield words("empty_example")
    for name in sorted({name for _, name in ANNOTATION.findall(line.written)} - NAMES):
        yield words("unknown_entity", name=name)
    if BROKEN.search(ANNOTATION.sub("", line.written)):
        yield words("bad_annotation", text=_short(line.written))
    if len(line.text) > LONGEST:
        yield words("too_long", length=len(line.text), most=LONGEST)


def _doubled(examples: Sequence[Line]) -> Iterator[Fault]:
    first: dict[str, Line] = {}
    for line in examples:
        other = first.setdefault(fold(line.text), line)
        if other is line:
            continue
        key = "same_example" if other.name == line.name else "other_intent"
        yield Fault(where=line.where, what=words(key, where=other.where, name=other.name))


def _contradicting(examples: Sequence[Line], extra: Sequence[Example]) -> Iterator[Fault]:
    asked = {fold(e.text): e.intent for e in extra}
    for line in examples:
        intent = asked.get(fold(line.text), line.name)
        if intent != line.name:
            yield Fault(where=line.where, what=words("asked_elsewhere", name=intent))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _position(fault: Fault) -> tuple[str, int]:
    file, _, line = fault.where.rpartition(":")
    return (file, int(line)) if line.isdigit() else (fault.where, 0)
