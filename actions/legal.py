"""Legal-aid answers: the entry that fits, else the articles that are nearest, else “I don't know”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.base import answer, choice, say
from actions.facets import asked, asks_on, sentences
from actions.forms.draft import let_go
from actions.forms.listed import forms
from actions.law_answers import about_law
from actions.law_texts import old_text, statute_text
from actions.phrases import spoken, words
from actions.talk import clarify, intent_titles
from actions.translated import likeliest, telling, title
from core.knowledge import Article, Entry, Found
from core.messages import CHINESE, Citation, Parse, QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Session, Turn

SURE = 0.5
# Nearly six in ten of the questions that are answered with none find theirs among those offered.
PERHAPS = 0.1
# What was read as beyond the bot must fit an entry better: asking for a forged paper is near some.
BEYOND = 0.6
EXCERPT = 90
TOPIC = 120
# Only questions of law are answered with articles; for a service they would be beside the point.
LAW = ("legal_", "statute_lookup")
MEANT = 0.3
CLEAR = 0.7


async def ask(turn: Turn, tools: Tools) -> Outcome:
    """Answer a question of law or about a service from the knowledge base."""
    entry_id = choice(turn)
    if entry_id is not None:
        entry = tools.knowledge.entry(entry_id)
        return tell(turn, entry) if entry else say(turn, "stale_button")
    if turn.message.payload is not None:
        return offer(turn, tools)
    parse = turn.parse
    found = await search(parse, tools)
    if found and found[0].score >= SURE:
        return tell(turn, found[0].entry)
    if spoken() != CHINESE:
        likely = likeliest(_of_intent(turn, tools), turn.parse.text)
        return tell(turn, likely) if likely else offer(turn, tools)
    if not turn.parse.intent.startswith(LAW) and turn.parse.confidence >= MEANT:
        return offer(turn, tools)
    near = [one for one in found if one.score >= PERHAPS]
    # With neither a clear reading nor an entry near, any article would be a stray one: ask back.
    if not near and parse.parser == "rasa" and parse.confidence < CLEAR:
        return clarify(turn, intent_titles())
    return await not_covered(turn, tools, near)


async def beyond(turn: Turn, tools: Tools) -> Outcome | None:
    """The answer to a question that was read as none of ours, if an entry fits it all the same."""
    if spoken() != CHINESE:
        return None
    found = await search(turn.parse, tools)
    return tell(turn, found[0].entry) if found and found[0].score >= BEYOND else None


async def search(parse: Parse, tools: Tools) -> Sequence[Found]:
    """The entries for a message as it was read."""
    return await tools.knowledge.search(
        parse.spelt or parse.text, intent=parse.intent, ranking=parse.ranking, vector=parse.vector
    )


def offer(turn: Turn, tools: Tools) -> Outcome:
    """A topic was chosen by button: name its questions, or answer if there is but one."""
    entries = _of_intent(turn, tools)
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
        return await _on_topic(turn, tools)
    if choice(turn) is None:
        part = _part(turn, entry)
        # A question of nothing but the cost or the time is about this very entry.
        if part is not None and asks_on(turn.parse.text):
            return part
        text = f"{entry.title} {turn.parse.text}"
        found = await tools.knowledge.search(text, intent=entry.intent)
        if found and found[0].score >= SURE and found[0].entry.id != entry.id:
            return tell(turn, found[0].entry)
        if part is not None:
            return part
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
    with telling(entry) as told:
        return _tell(turn, told)


def _tell(turn: Turn, entry: Entry) -> Outcome:
    lines = [entry.answer.strip(), words("legal_next", next=entry.next_step)]
    if entry.time_limit:
        lines.append(words("legal_limit", limit=entry.time_limit))
    lines += [*_phones(entry), *_disclaimer(turn)]
    told = Reply(
        text="\n".join(lines),
        quick_replies=(_more(entry), *_sums(entry), *_related(entry), _person()),
        citations=_told(entry),
        source=_source(entry),
    )
    return answer(turn, told, session=_after(turn, entry))


async def not_covered(turn: Turn, tools: Tools, near: Sequence[Found]) -> Outcome:
    """No entry fits: quote the most relevant articles in force, named as such."""
    articles = await tools.knowledge.articles(turn.parse.text, limit=2, vector=turn.parse.vector)
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
    # What is asked on next is about this question, not about an entry told before it.
    session = replace(_disclaimed(turn), entry=None, topic=turn.parse.text[:TOPIC])
    return answer(turn, told, session=session)


async def look_up_statute(turn: Turn, tools: Tools) -> Outcome:
    """The text of a named article; a question that names none is answered as any other."""
    old = tools.knowledge.old_article(turn.parse.text)
    if old is not None and old.text is not None:
        return answer(turn, Reply(text=old_text(old), quick_replies=(_person(),)))
    reference = tools.knowledge.find_reference(turn.parse.text)
    article = tools.knowledge.article(*reference) if reference else None
    if article is None and (known := about_law(turn, tools)) is not None:
        return known
    if old is not None:
        return answer(turn, Reply(text=old_text(old), quick_replies=(_person(),)))
    if reference is None:
        return say(turn, "statute_ask") if turn.message.payload else await ask(turn, tools)
    if article is None:
        return say(turn, "statute_missing")
    text = statute_text(article)
    told = Reply(
        text="\n".join([text, *_disclaimer(turn)]),
        quick_replies=(_person(),),
        citations=(article.citation,),
        source=article.citation.label,
    )
    return answer(turn, told, session=_disclaimed(turn))


async def _on_topic(turn: Turn, tools: Tools) -> Outcome:
    """Something asked on after a question that no entry fitted: the two together may find one."""
    if turn.session.topic is None:
        return say(turn, "followup_nothing")
    text = f"{turn.session.topic} {turn.parse.text}"
    found = await tools.knowledge.search(text, intent=None)
    if found and found[0].score >= SURE:
        return tell(turn, found[0].entry)
    together = replace(turn, parse=replace(turn.parse, text=text, vector=None))
    return await not_covered(together, tools, [f for f in found if f.score >= PERHAPS])


def _part(turn: Turn, entry: Entry) -> Outcome | None:
    """What of an entry answers a question about its cost, time, papers or place."""
    facet = asked(turn.parse.text)
    told = list(sentences(entry, facet)) if facet else []
    if facet is not None and facet.name == "time" and entry.time_limit:
        told.insert(0, words("legal_limit", limit=entry.time_limit))
    if facet is not None and facet.name == "place":
        told = [words("legal_next", next=entry.next_step), *_phones(entry), *told[:1]]
    if not told:
        return None
    text = words("legal_part", title=entry.title, part="\n".join(told))
    named = tuple(c for c in entry.citations if c.article in text)
    reply = Reply(
        text=text,
        quick_replies=(_more(entry), *_related(entry), _person()),
        citations=named or _told(entry),
        source=_source(entry),
    )
    return answer(turn, reply, session=_after(turn, entry))


def _of_intent(turn: Turn, tools: Tools) -> list[Entry]:
    return [entry for entry in tools.knowledge.entries if entry.intent == turn.parse.intent]


def _after(turn: Turn, entry: Entry) -> Session:
    return replace(_disclaimed(turn), entry=entry.id, topic=None)


def _told(entry: Entry) -> tuple[Citation, ...]:
    """The citations behind the short answer; those of the detail come with the detail."""
    named = tuple(
        c for c in entry.citations if c.law in entry.answer and c.article in entry.answer
    )
    return named or entry.citations[:1]


def _disclaimed(turn: Turn) -> Session:
    return replace(let_go(turn.session), disclaimed=True)


def _disclaimer(turn: Turn) -> list[str]:
    return [] if turn.session.disclaimed else [words("legal_disclaimer")]


def _buttons(entries: Sequence[Entry]) -> tuple[QuickReply, ...]:
    return tuple(QuickReply(title=title(e), payload=f"{e.intent}/{e.id}") for e in entries)


def _related(entry: Entry) -> tuple[QuickReply, ...]:
    return tuple(
        QuickReply(title=title, payload=f"{entry.intent}/{related}")
        for related, title in entry.related
    )


def _sums(entry: Entry) -> tuple[QuickReply, ...]:
    """The calculators of what the entry explains."""
    named = (form.name for form in forms().values() if entry.id in form.entries)
    return tuple(QuickReply(title=words("calc_do"), payload=name) for name in named)


def _phones(entry: Entry) -> list[str]:
    phones = [words("legal_phone_one", number=h.number, name=h.name) for h in entry.hotlines]
    told = words("phone_separator").join(phones)
    return [words("legal_phone", phones=told)] if phones else []


def _more(entry: Entry) -> QuickReply:
    return QuickReply(title=words("legal_more"), payload=f"followup/{entry.id}")


def _person() -> QuickReply:
    return QuickReply(title=words("legal_person"), payload="human_handoff")


def _source(entry: Entry) -> str:
    return f"faq:{entry.id}@{entry.revision}"


def _excerpt(article: Article) -> str:
    text = article.text.replace("\n", "")
    short = text if len(text) <= EXCERPT else text[:EXCERPT] + "……"
    return f"{article.citation.label}：{short}"
