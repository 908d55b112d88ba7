"""What is said while entries come from a table: names of the stages, and what is wrong with a cell."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge_base.entries import Status
from knowledge_base.errors import BadData

FILE = Path(__file__).with_name("faq_words.yml")


class FaqWords(BaseModel):
    """The words file: a stage's name by its code, sentences by what they are about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    statuses: dict[Status, str]
    faults: dict[str, str]
    folder_faulty: str
    file_by_hand: str
    entry_not_exact: str


def fault(key: str, **values: object) -> str:
    """What is wrong with a cell; one without a sentence of its own gets a general one."""
    known = faq_words().faults
    return Template(known.get(key, known["other"])).safe_substitute(values)


def refused(key: str, **values: object) -> BadData:
    """The error that says why nothing can be imported or exported."""
    sentence: str = getattr(faq_words(), key)
    return BadData(Template(sentence).substitute(values))


@cache
def faq_words() -> FaqWords:
    """The file, read once."""
    return FaqWords.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
