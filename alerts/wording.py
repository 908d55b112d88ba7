"""An alert in words: a template, filled from the typology and never from what a citizen wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

import yaml
from pydantic import TypeAdapter

from alerts.counting import shown
from alerts.errors import BadWording
from alerts.models import Alert
from core.clock import SUZHOU
from core.messages import CHINESE, QuickReply, Reply
from core.ports import ScamChecker

FILE = Path(__file__).with_name("words.yml")
SUBSCRIPTION = "subscribe_alerts"
STOP = f"{SUBSCRIPTION}/stop"
LONGEST = 300
# Latin letters are half as wide as characters, and then some.
NARROW = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A language's templates and buttons; ``day`` is a format of ``str.format``."""

    alert: str
    counted: str
    correction: str
    stop: str
    explain: str
    paid: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What types and areas are called: the typology, and area keys with their names by language."""

    scams: ScamChecker
    areas: Mapping[str, Mapping[str, str]]

    def title(self, alert: Alert, language: str) -> str:
        """What the alert's type of fraud is called."""
        kind = self.scams.into(language).type(alert.fraud_type)
        return kind.title if kind else alert.fraud_type


def drafted(alert: Alert, names: Names) -> dict[str, str]:
    """An alert's text in each language."""
    return {language: _drafted(alert, names, language) for language in templates()}


def corrected(alert: Alert, names: Names, reasons: Mapping[str, str]) -> dict[str, str]:
    """The text that takes an alert back, in each language; raises ``BadWording``."""
    sent = (alert.decided_at or alert.drafted_at).astimezone(SUZHOU)
    return checked(
        {
            language: Template(words.correction).substitute(
                title=names.title(alert, language),
                day=words.day.format(sent),
                reason=reasons.get(language, "").strip(),
            )
            for language, words in templates().items()
            if reasons.get(language, "").strip()
        }
    )


def checked(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts fit to be sent; raises ``BadWording``."""
    told = {language: text.strip() for language, text in texts.items()}
    widths = {language: 1.0 if language == CHINESE else NARROW for language in templates()}
    if told.keys() != widths.keys():
        raise BadWording
    if not all(0 < len(text) <= LONGEST * widths[key] for key, text in told.items()):
        raise BadWording
    return told


def replies(alert: Alert) -> dict[str, Reply]:
    """What is sent, by language; leaving is one tap away."""
    return {language: _reply(alert, text, language) for language, text in alert.texts.items()}


@cache
def templates() -> Mapping[str, Words]:
    """The templates by language."""
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Words]).validate_python(document)


def _drafted(alert: Alert, names: Names, language: str) -> str:
    words, kind = templates()[language], names.scams.into(language).type(alert.fraud_type)
    number = shown(alert.count)
    counted = Template(words.counted).substitute(hours=alert.hours, count=number)
    return Template(words.alert).substitute(
        area=names.areas[language][alert.area],
        title=names.title(alert, language),
        step=kind.steps[0] if kind else "",
        never=kind.never if kind else "",
        counted="" if number is None else counted,
    )


def _reply(alert: Alert, text: str, language: str) -> Reply:
    words = templates()[language]
    explain = QuickReply(title=words.explain, payload=f"fraud_knowledge/{alert.fraud_type}")
    paid = QuickReply(title=words.paid, payload="fraud_emergency")
    stop = QuickReply(title=words.stop, payload=STOP)
    buttons = (stop,) if alert.corrects else (paid, explain, stop)
    source = f"alert:{alert.number}"
    return Reply(text=text, quick_replies=buttons, source=source, language=language)
