"""What is said on a pathway: the question, or the step with its day, cost, evidence and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from actions.pathways.choosing import INTENT
from actions.pathways.clocks import Counted, Told, count, free_from, is_over, told
from actions.pathways.drawing import drawn
from actions.pathways.loading import counting
from actions.pathways.spec import Cited, Day, Gate, Rule, Step
from actions.pathways.walk import Trail
from actions.phrases import words
from core.messages import Citation, QuickReply, Reply
from core.ports import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Words for where someone stands; ``knowledge`` tells which articles the corpus holds."""

    trail: Trail
    knowledge: Knowledge
    today: date

    def here(self, *, line: str = "", disclaimer: str = "") -> Reply:
        """The question or the step one stands at, with every button."""
        node = self.trail.node
        if isinstance(node, Step):
            return self._step(node, line, disclaimer)
        text = self._question(node)
        return Reply(
            text="\n".join(part for part in (line, text) if part),
            quick_replies=(*self._answers(), *self._moves()),
            source=self._source(),
        )

    def whole(self) -> Reply:
        """The whole way, drawn: what is behind, where one stands, the usual way on."""
        text = words("pathway_whole", title=self.trail.pathway.title)
        buttons = (self.press("pathway_on", "on"), self.press("pathway_other", "other"), person())
        steps = drawn(self.trail, self.today)
        return Reply(text=text, quick_replies=buttons, timeline=steps, source=self._source())

    def counted(self) -> Reply | None:
        """How the last day shown was worked out; None where no day was told."""
        found = self.latest()
        if found is None:
            return None
        rule, start = found.rule, found.start
        lines = [
            words(
                "pathway_counted",
                what=rule.what,
                start=day(start.first),
                since=self._since(rule),
                length=_waited(rule) + length(rule),
                last=day(found.last),
            )
        ]
        lines += [words("pathway_counted_vague", first=day(start.first))] if start.vague else []
        lines += self._rolled(found)
        lines += [words("pathway_restarts")] if rule.restarts else []
        rules = [rule.source, counting()["start"]]
        if found.rolled != found.last and rule.rolls is not None:
            rules.append(counting()[rule.rolls])
        return Reply(
            text="\n".join(lines),
            quick_replies=(self.press("pathway_on", "on"), self.press("pathway_redate", "redate")),
            citations=self._cite(rules),
            source=self._source(),
        )

    def latest(self) -> Counted | None:
        """The last day of the step one stands at, if the day it counts from was told."""
        node = self.trail.node
        rule = node.latest if isinstance(node, Step) else None
        start = self._start(rule)
        return count(rule, start) if rule and start else None

    def press(self, key: str, argument: str) -> QuickReply:
        """A button of the pathway."""
        return QuickReply(title=words(key), payload=f"{INTENT}/{argument}")

    def _step(self, step: Step, line: str, disclaimer: str) -> Reply:
        lines = [line, self._head(step), words("pathway_do", do=step.do), step.note]
        lines += self._dates(step)
        lines.append(words("pathway_cost", cost=step.cost))
        if step.evidence:
            told_of = words("phone_separator").join(step.evidence)
            lines.append(words("pathway_evidence", evidence=told_of))
        numbers = words("phone_separator").join(step.hotlines)
        lines += [words("pathway_phones", phones=numbers), disclaimer]
        rules = [rule.source for rule in (step.latest, step.earliest) if rule]
        return Reply(
            text="\n".join(part for part in lines if part),
            quick_replies=(*self._answers(), *self._more(step), *self._moves()),
            citations=self._cite([*rules, *step.citations]),
            source=self._source(),
        )

    def _head(self, step: Step) -> str:
        return words(
            "pathway_head",
            title=self.trail.pathway.title,
            number=self.trail.number,
            step=step.title,
            kind=words(f"pathway_kind_{step.kind}"),
        )

    def _dates(self, step: Step) -> Iterator[str]:
        start = self._start(step.earliest)
        if step.earliest and start:
            first = day(free_from(step.earliest, start))
            yield words("pathway_earliest", day=first, **self._named(step.earliest))
        elif step.earliest:
            yield words("pathway_earliest_open", **self._named(step.earliest))
        found = self.latest()
        if found is not None:
            over = found.is_over(self.today)
            key = "pathway_latest_over" if over else "pathway_latest"
            rests = "" if over or found.rolled == found.last else words("pathway_rests")
            yield words(key, day=day(found.last), **self._named(found.rule)) + rests
        elif step.latest:
            yield words("pathway_latest_open", **self._named(step.latest))

    def _named(self, rule: Rule) -> dict[str, str]:
        waited = words("pathway_after", length=length(rule, rule.wait)) if rule.wait else ""
        return {
            "what": rule.what,
            "since": self._since(rule) + waited,
            "length": length(rule),
            "law": rule.source.law,
            "article": rule.source.article,
        }

    def _since(self, rule: Rule) -> str:
        asked = self.trail.pathway.nodes.get(rule.day or "")
        known = isinstance(asked, Day) and self._start(rule) is not None
        return asked.label if known and isinstance(asked, Day) else rule.since

    def _start(self, rule: Rule | None) -> Told | None:
        value = self.trail.dates.get(rule.day or "") if rule else None
        return told(value) if value else None

    def _rolled(self, found: Counted) -> list[str]:
        if found.rolled == found.last:
            return []
        key = "pathway_rest_day" if found.rule.rolls is None else "pathway_rolled"
        return [words(key, rolled=day(found.rolled))]

    def _question(self, node: Gate | Day) -> str:
        title = self.trail.pathway.title
        if isinstance(node, Gate):
            return words("pathway_gate", title=title, ask=node.ask, why=node.why).strip()
        return words("pathway_day", title=title, ask=node.ask)

    def _answers(self) -> tuple[QuickReply, ...]:
        node, stem = self.trail.node, f"{INTENT}/{self.trail.pathway.name}.{self.trail.at}"
        if isinstance(node, Day):
            title = words("pathway_unknown_day")
            return (QuickReply(title=title, payload=f"{stem}=unknown"),)
        ways = node.answers.items()
        return tuple(QuickReply(title=a.title, payload=f"{stem}={key}") for key, a in ways)

    def _more(self, step: Step) -> Iterator[QuickReply]:
        if step.go:
            yield self.press("pathway_go", step.go)
        elif self.latest() is not None:
            yield self.press("pathway_how", "counted")
        elif step.entry and (entry := self.knowledge.entry(step.entry)):
            yield QuickReply(title=words("legal_more"), payload=f"{entry.intent}/{entry.id}")
        yield self.press("pathway_show_whole", "whole")

    def _moves(self) -> tuple[QuickReply, ...]:
        back = (self.press("form_do_back", "back"),) if self.trail.answered else ()
        return (*back, self.press("pathway_other", "other"), person())

    def _cite(self, rules: list[Cited]) -> tuple[Citation, ...]:
        cited = (cite(rule, self.knowledge) for rule in rules)
        return tuple({c.label: c for c in cited}.values())

    def _source(self) -> str:
        return f"pathway:{self.trail.pathway.name}.{self.trail.at}"


def cite(rule: Cited, knowledge: Knowledge) -> Citation:
    """The citation as the guard will check it: by the corpus where it holds the article."""
    held = knowledge.article(rule.law, rule.article) is not None
    return Citation(
        law=rule.law,
        article=rule.article,
        quote=rule.quote,
        in_force=True if held else "attested",
    )


def noted(trail: Trail, name: str, today: date) -> str:
    """What was heard of a day, and whether its period has passed; nothing for other answers."""
    node, start = trail.pathway.nodes[name], told(trail.answers.get(name, ""))
    if not isinstance(node, Day) or start is None:
        return ""
    heard = words("pathway_noted", label=node.label, day=day(start.first))
    vague = words("pathway_noted_vague") if start.vague else ""
    if node.rule is None or not is_over(node.rule, start, today):
        return heard + vague
    last = day(count(node.rule, start).last)
    return heard + vague + words("pathway_noted_over", what=node.rule.what, last=last)


def day(value: date) -> str:
    """A day in words."""
    return words("day_long").format(value)


def length(rule: Rule, number: int | None = None) -> str:
    """A period in words: 1 年, 15 日."""
    return words(f"pathway_unit_{rule.unit}", number=rule.length if number is None else number)


def _waited(rule: Rule) -> str:
    return words("pathway_waited", length=length(rule, rule.wait)) if rule.wait else ""


def person() -> QuickReply:
    """The button that asks for a person."""
    return QuickReply(title=words("legal_person"), payload="human_handoff")
