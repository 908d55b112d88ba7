"""Labelled messages: what the classifier learns from and what a checker is measured on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from antifraud.errors import BadSample

SCAM, NORMAL = "scam", "normal"
FOLDER = Path(__file__).with_name("samples")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A message with its label.

    ``type`` is a scam's kind, ``topic`` what a normal one is about; messages of one ``scenario``
    tell the same story and are never parted between learning and measuring.
    """

    text: str
    label: str
    type: str | None = None
    topic: str | None = None
    scenario: str | None = None
    channel: str | None = None

    @property
    def is_scam(self) -> bool:
        return self.label == SCAM


def read_samples(lines: Iterable[str]) -> Iterator[Sample]:
    """JSON lines of ``{"text", "label": "scam"|"normal", "type"?, "topic"?, "scenario"?, "channel"?}``.

    Raises ``BadSample`` naming the line at fault.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadSample(f"line {number}: not JSON") from error
        if not _is_sample(row):
            raise BadSample(f'line {number}: needs "text" and "label" (scam or normal)')
        yield _sample(row)


def development_set(folder: Path = FOLDER) -> Sequence[Sample]:
    """The project's own examples, file by file in the order of their names."""
    return tuple(
        sample
        for file in sorted(folder.glob("*.jsonl"))
        for sample in read_samples(file.read_text(encoding="utf-8").splitlines())
    )


def _is_sample(row: object) -> bool:
    return (
        isinstance(row, dict)
        and isinstance(row.get("text"), str)
        and row.get("label") in (SCAM, NORMAL)
        and all(isinstance(row.get(name), str | None) for name in _MORE)
    )


_MORE = ("type", "topic", "scenario", "channel")


def _sample(row: Mapping[str, Any]) -> Sample:  # Any: JSON
    return Sample(text=row["text"], label=row["label"], **{name: row.get(name) for name in _MORE})
