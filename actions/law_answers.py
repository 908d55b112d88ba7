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


def about_law(turn: Turn, tools: Tools) -> Outcome | None:
    """Say since when another law applies, or that there is no such article; None: not known."""
    named = tools.knowledge.law_facts(turn.parse.text)
    gone = [facts for facts in named if facts.ended_on]
    if gone:
        return _told(turn, _replaced(gone), [f.ended_by for f in gone])
    facts = next((f for f in named if f.beyond), None)
    return _told(turn, _ends_before(facts), [facts.last]) if facts else None


def _ends_before(facts: LawFacts) -> str:
    key = "statute_no_article" if facts.articles is None else "statute_no_article_of"
    last = facts.last.article if facts.last else ""
    return words(key, law=facts.law, number=facts.beyond, count=facts.articles, last=last)


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
