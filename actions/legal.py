"""Legal-aid answers: the entry that fits, else the articles that are nearest, else “I don't know”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.base import answer, choice, say
from actions.phrases import words
from core.knowledge import Article, Entry, Found
from core.messages import Citation, QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Session, Turn

SURE = 0.5
PERHAPS = 0.3
EXCERPT = 90
# Only questions of law are answered with articles; for a service they would be beside the point.
LAW = ("legal_", "statute_lookup")
MEANT = 0.3


async def ask(turn: Turn, tools: Tools) -> Outcome:
    """Answer a question of law or about a service from the knowledge base."""
    entry_id = choice(turn)
    if entry_id is not None:
        entry = tools.knowledge.entry(entry_id)
        return tell(turn, entry) if entry else say(turn, "stale_button")
    if turn.message.payload is not None:
        return offer(turn, tools)
    found = await tools.knowledge.search(turn.parse.text, intent=turn.parse.intent)
    if found and found[0].score >= SURE:
        return tell(turn, found[0].entry)
    if not turn.parse.intent.startswith(LAW) and turn.parse.confidence >= MEANT:
        return offer(turn, tools)
    return await not_covered(turn, tools, [f for f in found if f.score >= PERHAPS])


def offer(turn: Turn, tools: Tools) -> Outcome:
    """A topic was chosen by button: name its questions, or answer if there is but one."""
    entries = [e for e in tools.knowledge.entries if e.intent == turn.parse.intent]
    if len(entries) == 1:
        return tell(turn, entries[0])
    if not entries:
        return say(turn, "help_legal")
    buttons = (*_buttons(entries), _person())
    return answer(turn, Reply(text=words("legal_choose"), quick_replies=buttons))


async def detail(turn: Turn, tools: Tools) -> Outcome:
    """“详细”, “那要多少钱”, “然后呢”: go on from the entry told last."""
    entry = tools.knowledge.entry(choice(turn) or turn.session.entry or "")
    if entry is None:
        return say(turn, "followup_nothing")
    if choice(turn) is None:
        text = f"{entry.title} {turn.parse.text}"
        found = await tools.knowledge.search(text, intent=entry.intent)
        if found and found[0].score >= SURE and found[0].entry.id != entry.id:
            return tell(turn, found[0].entry)
    fuller = Reply(
        text=entry.detail,
        quick_replies=(*_related(entry), _person()),
        citations=entry.citations,
        source=_source(entry),
    )
    return answer(turn, fuller, session=_after(turn, entry))


async def repeat(turn: Turn, tools: Tools) -> Outcome:
    """Tell the last entry again."""
    entry = tools.knowledge.entry(turn.session.entry or "")
    return tell(turn, entry) if entry else say(turn, "repeat_nothing")


def tell(turn: Turn, entry: Entry) -> Outcome:
    """An entry as an answer: the answer, next step, time limit, hotlines, and what to ask next."""
    lines = [entry.answer.strip(), words("legal_next", next=entry.next_step)]
    if entry.time_limit:
        lines.append(words("legal_limit", limit=entry.time_limit))
    if entry.hotlines:
        phones = (f"{h.number}（{h.name}）" for h in entry.hotlines)
        lines.append(words("legal_phone", phones=words("phone_separator").join(phones)))
    lines += _disclaimer(turn)
    more = QuickReply(title=words("legal_more"), payload=f"followup/{entry.id}")
    told = Reply(
        text="\n".join(lines),
        quick_replies=(more, *_related(entry), _person()),
        citations=_told(entry),
        source=_source(entry),
    )
    return answer(turn, told, session=_after(turn, entry))


async def not_covered(turn: Turn, tools: Tools, near: Sequence[Found]) -> Outcome:
    """No entry fits: quote the most relevant articles in force, named as such."""
    articles = await tools.knowledge.articles(turn.parse.text, limit=2)
    if not articles:
        return say(turn, "legal_unknown")
    quotes = "\n".join(f"· {_excerpt(a)}" for a in articles)
    text = [words("legal_articles"), quotes, words("legal_articles_next"), *_disclaimer(turn)]
    told = Reply(
        text="\n".join(text),
        quick_replies=(*_buttons([f.entry for f in near]), _person()),
        citations=tuple(a.citation for a in articles),
        source=" ".join(a.citation.label for a in articles),
    )
    return answer(turn, told, session=_disclaimed(turn))


async def look_up_statute(turn: Turn, tools: Tools) -> Outcome:
    """The text of a named article; a question that names none is answered as any other."""
    reference = tools.knowledge.find_reference(turn.parse.text)
    if reference is None:
        return say(turn, "statute_ask") if turn.message.payload else await ask(turn, tools)
    article = tools.knowledge.article(*reference)
    if article is None:
        return say(turn, "statute_missing")
    text = words("statute_text", law=article.law, number=article.number, text=article.text)
    told = Reply(
        text="\n".join([text, *_disclaimer(turn)]),
        quick_replies=(_person(),),
        citations=(article.citation,),
        source=article.citation.label,
    )
    return answer(turn, told, session=_disclaimed(turn))


def _after(turn: Turn, entry: Entry) -> Session:
    return replace(_disclaimed(turn), entry=entry.id)


def _told(entry: Entry) -> tuple[Citation, ...]:
    """The citations behind the short answer; those of the detail come with the detail."""
    named = tuple(
        c for c in entry.citations if c.law in entry.answer and c.article in entry.answer
    )
    return named or entry.citations[:1]


def _disclaimed(turn: Turn) -> Session:
    return replace(turn.session, form=None, requested_slot=None, slots={}, disclaimed=True)


def _disclaimer(turn: Turn) -> list[str]:
    return [] if turn.session.disclaimed else [words("legal_disclaimer")]


def _buttons(entries: Sequence[Entry]) -> tuple[QuickReply, ...]:
    return tuple(QuickReply(title=e.title, payload=f"{e.intent}/{e.id}") for e in entries)


def _related(entry: Entry) -> tuple[QuickReply, ...]:
    return tuple(
        QuickReply(title=title, payload=f"{entry.intent}/{related}")
        for related, title in entry.related
    )


def _person() -> QuickReply:
    return QuickReply(title=words("legal_person"), payload="human_handoff")


def _source(entry: Entry) -> str:
    return f"faq:{entry.id}@{entry.revision}"


def _excerpt(article: Article) -> str:
    text = article.text.replace("\n", "")
    short = text if len(text) <= EXCERPT else text[:EXCERPT] + "……"
    return f"{article.citation.label}：{short}"
