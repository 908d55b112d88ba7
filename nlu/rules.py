"""Reading by rules: what must work when Rasa is away, and what must never be missed."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml

from core.clock import Clock, utc_now
from core.messages import Parse
from nlu.entities import entities_today
from nlu.spelling import spelling
from nlu.text.normalise import clean

RULE_FILE = Path(__file__).with_name("rules.yml")
ENGLISH_RULE_FILE = Path(__file__).with_name("rules_en.yml")
FOUND = 0.9
NOTHING = 0.0
SENTENCE_ENDS = re.compile(r"[。！？!?；;\n]+")
LATIN = re.compile("[a-z]")
APOSTROPHES = re.compile("(?<=[a-z])['‘’`´](?=[a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An intent that any of some patterns shows, unless one of others speaks against it.

    A ``certain`` rule is plain: beside a model it counts fifty times as much as another.
    ``form`` names how the text is written for the patterns: a key of ``FORMS``.
    """

    intent: str
    urgent: bool
    certain: bool
    form: str
    shows: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]

    def matches(self, folded: str) -> bool:
        """Whether a folded text shows the intent."""
        return any(p.search(folded) for p in self.shows) and not any(
            p.search(folded) for p in self.unless
        )


class RuleParser:
    """Tries rules in their order in the files; the first that matches decides."""

    def __init__(self, rules: tuple[Rule, ...], *, clock: Clock) -> None:
        self._rules = rules
        self._urgent = tuple(rule for rule in rules if rule.urgent)
        self._clock = clock

    @classmethod
    def load(
        cls,
        chinese: Path = RULE_FILE,
        english: Path = ENGLISH_RULE_FILE,
        *,
        clock: Clock = utc_now,
    ) -> Self:
        """The project's rules; dates in messages are resolved by the clock."""
        files = {"unspaced": chinese, "in_words": english}
        rules = tuple(
            _rule(item, form)
            for form, file in files.items()
            for item in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        )
        return cls(rules, clock=clock)

    def urgent(self, text: str) -> Rule | None:
        """The rule by which a text is urgent (life, self-harm, money leaving now), if any."""
        return self._first(text, self._urgent)

    def plain_danger(self, text: str, whole: Rule | None) -> Rule | None:
        """The certain urgent rule that one of a text's sentences shows, or ``whole``, the text's.

        In a long story what is said elsewhere must not hide it: neither by its weight in the
        model's reading, nor by an exception of the rule.
        """
        # Of one sentence there is nothing more to see than of the whole.
        sentences = [s for s in dict.fromkeys(SENTENCE_ENDS.split(text)) if s not in {text, ""}]
        found = itertools.chain([whole], map(self.urgent, sentences))
        return next((rule for rule in found if rule is not None and rule.certain), None)

    async def parse(self, text: str) -> Parse:
        """The first rule's intent, else ``out_of_scope`` with no confidence."""
        entities = entities_today(text, self._clock)
        rule = self._first(text, self._rules)
        intent = rule.intent if rule else None
        if intent is None and any(e.name == "case_ref" for e in entities):
            reference = next(e.value for e in entities if e.name == "case_ref")
            intent = "petition_status" if reference.upper().startswith("XF") else "case_status"
        return Parse(
            text=text,
            intent=intent or "out_of_scope",
            confidence=FOUND if intent else NOTHING,
            parser="rules",
            entities=entities,
        )

    def _first(self, text: str, rules: tuple[Rule, ...]) -> Rule | None:
        forms = {name: write(text) for name, write in FORMS.items()}
        seen = ((rule, forms[rule.form]) for rule in rules)
        return next((rule for rule, form in seen if form and rule.matches(form)), None)


def in_words(text: str) -> str:
    """How English rules see a text: half width, lower case, no apostrophes, single blanks.

    Of one without a Latin letter they see nothing.
    """
    plain = unicodedata.normalize("NFKC", clean(text)).lower()
    if not LATIN.search(plain):
        return ""
    return " ".join(APOSTROPHES.sub("", plain).split())


FORMS: Mapping[str, Callable[[str], str]] = {"unspaced": spelling, "in_words": in_words}


def _rule(item: dict[str, Any], form: str) -> Rule:  # Any: YAML
    return Rule(
        intent=item["intent"],
        urgent=item.get("urgent", False),
        certain=item.get("certain", False),
        form=form,
        shows=tuple(re.compile(p) for p in item["shows"]),
        unless=tuple(re.compile(p) for p in item.get("unless", ())),
    )
