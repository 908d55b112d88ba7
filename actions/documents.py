"""A document from what a citizen says: which kind, its form, the files, and once more."""

from __future__ import annotations

from dataclasses import replace

from actions import legal
from actions.base import answer, choice
from actions.document_wishes import INTENT, asks_how, in_format, once_more, wishes, writes
from actions.forms import asking
from actions.forms.commands import Command, plain
from actions.forms.conduct import Desk
from actions.forms.draft import SUMMARY, Draft
from actions.forms.listed import forms, meant
from actions.forms.spec import SKIPPED, Form, Takes
from actions.forms.values import show
from actions.phrases import reply, speaking, words
from core.effects import IssueDocument
from core.messages import CHINESE, Attachment, QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

MORE = "more"
AGAIN = "redo"
BOTH = "both"
MIMES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
LETTER = "letter"
# A wish in so many characters names nothing beside the kind of paper.
BARE = 2


async def request(turn: Turn, tools: Tools) -> Outcome:
    """Open the form of the document that is meant, or show which ones there are."""
    if turn.message.payload is not None and choice(turn) is not None:
        return await _pressed(turn, tools)
    text = turn.parse.text
    if once_more(text):
        return await _again(turn, tools, None)
    form = meant(INTENT, text)
    if form is None:
        return await _unnamed(turn, tools)
    if asks_how(text):
        return await _outline(turn, tools, form)
    return await _desk(turn, tools).begin(form.name)


def is_wanted(turn: Turn, _tools: Tools) -> bool:
    """Whether the words name one of our documents, whatever else the message was read as."""
    return is_wanted_again(turn) or writes(turn.parse.text)


def is_wanted_again(turn: Turn) -> bool:
    """Whether the document just given is wanted once more."""
    return turn.session.last_intent == INTENT and once_more(turn.parse.text)


async def wanted(turn: Turn, tools: Tools) -> Outcome:
    """A wish that was named, not read."""
    return await request(replace(turn, parse=replace(turn.parse, intent=INTENT)), tools)


async def issue(turn: Turn, tools: Tools, draft: Draft) -> Outcome:
    """Give the files that were asked for; ``{document.…}`` is filled once they are kept."""
    formats = tuple(MIMES) if draft.how in ("", BOTH) else (draft.how,)
    # Those who read the document read Chinese.
    with speaking(CHINESE):
        effect = IssueDocument(
            kind=draft.form.kind,
            values=_values(draft),
            slots={name: value for name, value in draft.slots.items() if value != SKIPPED},
            formats=formats,
        )
        title = words(draft.form.title)
    told = reply("document_ready", title=title, next=words(f"document_{draft.form.kind}_next"))
    ready = replace(
        told,
        quick_replies=_afterwards(draft),
        citations=draft.form.citations,
        attachments=tuple(_attachment(title, kind) for kind in formats),
        source=f"document:{draft.form.kind}",
    )
    outcome = answer(turn, ready, effects=[effect])
    # “要 PDF” said next is about this one, whatever the words before were read as.
    return replace(outcome, session=replace(outcome.session, last_intent=INTENT))


async def _pressed(turn: Turn, tools: Tools) -> Outcome:
    kind, _, move = (choice(turn) or "").partition("/")
    form = forms().get(f"{INTENT}/{kind}")
    if kind == MORE:
        return answer(
            turn, Reply(text=words("document_more"), quick_replies=_kinds(wishes().rest))
        )
    if form is None:
        return await legal.ask(turn, tools)
    if not move:
        return await _desk(turn, tools).begin(form.name)
    return await _again(turn, tools, form)


async def _again(turn: Turn, tools: Tools, form: Form | None) -> Outcome:
    """A document given before, as it was filled in: to be mended, or in another format."""
    kept = await tools.documents.last(
        form.kind if form else None, conversation_id=turn.conversation_id
    )
    named = forms().get(f"{INTENT}/{kept.kind}") if kept else form
    if kept is None or named is None:
        return answer(turn, replace(reply("document_gone"), quick_replies=_anew(form)))
    slots = {s.name: kept.slots.get(s.name, SKIPPED) for s in named.slots}
    draft = Draft.new(named, slots).asking(SUMMARY)
    how = _confirmed(turn, draft)
    if how is not None:
        return await issue(turn, tools, replace(draft, how=how))
    return _desk(turn, tools).show(draft)


def _confirmed(turn: Turn, draft: Draft) -> str | None:
    """The format asked for in so many words, or by a button that showed this very document."""
    if turn.message.payload is None:
        return in_format(turn.parse.text)
    _, _, move = (choice(turn) or "").partition("/")
    pressed, _, sealed = move.partition("=")
    seal, _, how = sealed.partition(".")
    return how if pressed == Command.CONFIRM and seal == asking.seal(draft) else None


async def _unnamed(turn: Turn, tools: Tools) -> Outcome:
    """No kind of ours is named: an answer that fits, else the kinds to choose from."""
    parse = turn.parse
    if turn.message.payload is None and len(_beside(parse.text)) >= BARE:
        found = await tools.knowledge.search(parse.text, intent=parse.intent, vector=parse.vector)
        if found and found[0].score >= legal.SURE:
            return legal.tell(turn, found[0].entry)
    more = QuickReply(title=words("document_do_more"), payload=f"{INTENT}/{MORE}")
    menu = Reply(text=words("document_menu"), quick_replies=(*_kinds(wishes().first), more))
    return answer(turn, menu)


async def _outline(turn: Turn, tools: Tools, form: Form) -> Outcome:
    """How a document is written, with a button to have it filled in."""
    entry = tools.knowledge.entry(wishes().outlines.get(form.kind, ""))
    outcome = legal.tell(turn, entry) if entry else await legal.ask(turn, tools)
    if not outcome.replies:
        return outcome
    *others, last = outcome.replies
    fill = QuickReply(title=words("document_fill"), payload=form.name)
    return replace(
        outcome,
        replies=(*others, replace(last, quick_replies=(fill, *last.quick_replies))),
    )


def _desk(turn: Turn, tools: Tools) -> Desk:
    return Desk(turn=turn, tools=tools, finishes={INTENT: issue})


def _values(draft: Draft) -> dict[str, str]:
    """What goes into the document: chosen keys as they are, all else as people read it."""
    return {
        slot.name: value if slot.takes is Takes.CHOICE else show(slot, value)
        for slot in draft.form.slots
        if (value := draft.value(slot.name)) is not None
    }


def _attachment(title: str, kind: str) -> Attachment:
    name = words(f"document_file_{kind}", title=title)
    return Attachment(kind="file", url=f"{{document.{kind}}}", mime=MIMES[kind], caption=name)


def _afterwards(draft: Draft) -> tuple[QuickReply, ...]:
    form = draft.form
    again = QuickReply(title=words("document_do_again"), payload=f"{form.name}/{AGAIN}")
    if form.kind != LETTER:
        return (again,)
    return (again, QuickReply(title=words("document_do_letter"), payload="petition_submit"))


def _anew(form: Form | None) -> tuple[QuickReply, ...]:
    return _kinds((form.kind,) if form else wishes().first)


def _kinds(kinds: tuple[str, ...]) -> tuple[QuickReply, ...]:
    named = (forms()[f"{INTENT}/{kind}"] for kind in kinds)
    return tuple(QuickReply(title=words(form.title), payload=form.name) for form in named)


def _beside(text: str) -> str:
    """What a text says beside the wish to have something written."""
    bare = sorted(forms()[f"{INTENT}/{LETTER}"].bare, key=len, reverse=True)
    for word in bare:
        text = text.replace(word, "")
    return plain(text)
