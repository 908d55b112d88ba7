"""A law named by an article it has not, or by a name it no longer has: what the corpus knows."""

from __future__ import annotations

from dataclasses import replace

from actions.base import answer
from actions.forms.draft import let_go
from actions.phrases import words
from core.knowledge import LawFacts
from core.messages import Citation, QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn


def about_law(turn: Turn, tools: Tools, reference: tuple[str, str] | None) -> Outcome | None:
    """Say since when another law applies, or that there is no such article; None: not known."""
    named = tools.knowledge.law_facts(turn.parse.text)
    gone = [facts for facts in named if facts.ended_on]
    if gone:
        return _told(turn, _replaced(gone), [f.ended_by for f in gone])
    if reference is None:
        return None
    facts = next((f for f in named if f.law == reference[0]), None)
    if facts is None or facts.last is None:
        return None
    key = "statute_no_article_since" if facts.since else "statute_no_article"
    text = words(
        key,
        law=facts.law,
        number=reference[1],
        count=facts.articles,
        last=facts.last,
        **({"day": words("day_long").format(facts.since)} if facts.since else {}),
    )
    return _told(turn, text, [facts.started_by])


def _replaced(gone: list[LawFacts]) -> str:
    lines = [
        words(
            "statute_replaced",
            law=facts.law,
            day=words("day_long").format(facts.ended_on),
            now=facts.ended_by.law if facts.ended_by else "",
            article=facts.ended_by.article if facts.ended_by else "",
        )
        for facts in gone
    ]
    return "\n".join([*lines, words("statute_replaced_next")])


def _told(turn: Turn, text: str, cited: list[Citation | None]) -> Outcome:
    citations = {c.label: c for c in cited if c is not None}
    disclaimer = [] if turn.session.disclaimed else [words("legal_disclaimer")]
    told = Reply(
        text="\n".join([text, *disclaimer]),
        quick_replies=(QuickReply(title=words("legal_person"), payload="human_handoff"),),
        citations=tuple(citations.values()),
        source=" ".join(citations) or None,
    )
    session = replace(let_go(turn.session), disclaimed=True)
    return answer(turn, told, session=session)
