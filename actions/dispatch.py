"""Which action answers a turn: urgency first, then who holds the chat, the open form, the intent."""

from __future__ import annotations

from dataclasses import replace

from actions import fraud, legal, person, petition, talk, urgent, urgent_answers
from actions.base import Action, answer, choice, say
from actions.phrases import reply
from core.messages import Parse
from core.ports import Tools
from core.turns import ConversationStatus, Outcome, Turn

# Below these the reading is too weak to act on; chosen on tests/nlu/dev.jsonl, where answers
# under 0.2 are right in two of three cases and their top three hold the right one in nine of ten.
WEAK = 0.2
NARROW = 0.08
NOTHING = 0.06
# A rule found the words, or the model has no doubt.
CERTAIN = 0.9

URGENT: dict[str, Action] = {
    "crisis": urgent.crisis,
    "emergency": urgent.emergency,
    "fraud_emergency": fraud.emergency,
}
TALK = (
    *("goodbye", "thanks", "feedback", "affirm", "deny", "inform"),
    *("change_language", "out_of_scope"),
)
ACTIONS: dict[str, Action] = {
    **{intent: talk.phrase(intent) for intent in TALK},
    **URGENT,
    "greet": talk.phrase("welcome"),
    "help": talk.show_help,
    "cancel": talk.phrase("cancel"),
    "repeat": legal.repeat,
    "followup": legal.detail,
    "statute_lookup": legal.look_up_statute,
    "fraud_check": fraud.check,
    "fraud_knowledge": fraud.explain,
    "petition_status": petition.status,
    "case_status": petition.status_of_other,
    "petition_rules": petition.rules,
    "human_handoff": person.request,
    "privacy_request": talk.privacy,
}
FORMS: dict[str, Action] = {petition.FORM: petition.status, fraud.FORM: fraud.check}
FORM_SLOTS: dict[str, frozenset[str]] = {petition.FORM: frozenset({"case_ref", "query_code"})}
FREE_TEXT_FORMS = frozenset({fraud.FORM})
LEAVES_FORM = frozenset({"cancel", "human_handoff", "help", "deny"})
# After these answers to an urgent card nothing is left to ask.
SETTLED = frozenset({"safe", "reported"})
SHORT = 4
SAYS_LITTLE = frozenset({"affirm", "deny", "inform", "followup", "repeat"})


async def act(turn: Turn, tools: Tools, *, known: frozenset[str]) -> Outcome:
    """Decide what to answer; ``known`` holds every intent name, to tell stale buttons."""
    if turn.parse.parser != "payload" and _may_answer_card(turn):
        turn = urgent_answers.read(turn)
    if _is_urgent(turn):
        return await _urgent(turn, tools)
    if turn.status is not ConversationStatus.BOT:
        return await _held(turn, tools)
    if turn.parse.parser == "payload":
        stale = turn.parse.intent not in known
        return say(turn, "stale_button") if stale else await _by_intent(turn, tools)
    if not any(c.isalnum() for c in turn.parse.text):
        return say(turn, "cannot_see" if turn.message.attachments else "nothing_said")
    return await _read(turn, tools)


async def _read(turn: Turn, tools: Tools) -> Outcome:
    """A message in words that the bot is to answer."""
    form = _open_form(turn)
    if form is not None:
        return await form(turn, tools)
    weak = _too_weak(turn.parse)
    if turn.session.last_intent in URGENT and (weak or _says_little(turn)):
        return urgent_answers.ask_again(turn)
    return await (_weak if weak else _by_intent)(turn, tools)


def _is_urgent(turn: Turn) -> bool:
    parse = turn.parse
    if parse.intent not in URGENT or parse.parser == "payload":
        return parse.intent in URGENT
    if turn.session.form == fraud.FORM and parse.intent == "fraud_emergency":
        # A text pasted to be checked speaks of transfers too.
        return parse.confidence >= CERTAIN
    return not _too_weak(parse)


async def _by_intent(turn: Turn, tools: Tools) -> Outcome:
    action = ACTIONS.get(turn.parse.intent, legal.ask)
    outcome = await action(turn, tools)
    return _keep_form(turn, outcome)


async def _urgent(turn: Turn, tools: Tools) -> Outcome:
    outcome = await URGENT[turn.parse.intent](turn, tools)
    # What was being filled in, or the place in a queue, is still there afterwards.
    last = None if choice(turn) in SETTLED else turn.parse.intent
    kept = replace(turn.session, last_intent=last, misses=0)
    return replace(outcome, session=kept)


async def _held(turn: Turn, tools: Tools) -> Outcome:
    if turn.parse.intent == "cancel" and (
        turn.status is ConversationStatus.QUEUED or choice(turn) == "queue"
    ):
        return await person.leave(turn, tools)
    if turn.status is ConversationStatus.QUEUED:
        return person.waiting(turn)
    return person.silent(turn)


def _open_form(turn: Turn) -> Action | None:
    """The open form, if this message is for it: it brings a slot, or the form takes any text."""
    name = turn.session.form or _form_of_entities(turn.parse)
    if name not in FORMS or turn.parse.intent in LEAVES_FORM:
        return None
    brings = {e.name for e in turn.parse.entities} & FORM_SLOTS.get(name, frozenset())
    return FORMS[name] if brings or name in FREE_TEXT_FORMS else None


def _form_of_entities(parse: Parse) -> str | None:
    """A bare reference number asks where the matter stands, even with no form open."""
    bare = parse.intent == "inform" or _too_weak(parse)
    reference = parse.value("case_ref") or ""
    return petition.FORM if bare and reference.upper().startswith(petition.PETITION) else None


def _keep_form(turn: Turn, outcome: Outcome) -> Outcome:
    """A question in between does not lose what was filled in: offer to go on."""
    before, intent = turn.session, turn.parse.intent
    if before.form != petition.FORM or outcome.session.form is not None:
        return outcome
    if intent in {*LEAVES_FORM, "petition_status", "privacy_request"} or not outcome.replies:
        return outcome
    session = replace(
        outcome.session,
        form=before.form,
        requested_slot=before.requested_slot,
        slots=before.slots,
    )
    return replace(outcome, session=session, replies=(*outcome.replies, reply("resume_petition")))


def _may_answer_card(turn: Turn) -> bool:
    parse = turn.parse
    short = len(parse.text) <= SHORT
    guessed = parse.intent in URGENT and parse.confidence < CERTAIN
    return short or guessed or _says_little(turn) or _too_weak(parse)


def _says_little(turn: Turn) -> bool:
    return turn.parse.intent in {*SAYS_LITTLE, turn.session.last_intent}


def _too_weak(parse: Parse) -> bool:
    if parse.parser != "rasa":
        return parse.confidence == 0.0
    second = parse.ranking[1][1] if len(parse.ranking) > 1 else 0.0
    return parse.confidence < WEAK and parse.confidence - second < NARROW


async def _weak(turn: Turn, tools: Tools) -> Outcome:
    """A weak reading may still be an asked question; else let the citizen choose."""
    found = await tools.knowledge.search(turn.parse.text, intent=None)
    if found and found[0].score >= legal.SURE:
        return legal.tell(turn, found[0].entry)
    if turn.parse.parser == "rasa" and turn.parse.confidence < NOTHING:
        return answer(turn, reply("out_of_scope"))
    return talk.clarify(turn, talk.intent_titles())
