"""Which action answers a turn: urgency first, then who holds the chat, the open form, the intent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions import (
    alerts,
    appointment_change,
    appointment_times,
    appointments,
    calculate,
    clue,
    document_wishes,
    documents,
    facets,
    filing,
    fraud,
    fraud_reports,
    hazard,
    held,
    intake,
    legal,
    matters,
    offices,
    person,
    petition,
    pictures,
    safety_check,
    similar,
    talk,
    urgent,
    urgent_answers,
    urgent_stories,
    wishes,
    zero_report,
)
from actions.base import Action, choice, say
from actions.forms.conduct import Desk, Finishes
from actions.forms.draft import draft_of, without_old
from actions.forms.pausing import interrupted, is_in_need, settle, stop
from actions.forms.reading import is_answer
from actions.mentions import size
from actions.pathways import guide, linking
from actions.phrases import reply
from core.appointments import SERVICES
from core.confidence import too_weak
from core.messages import Parse
from core.ports import Tools
from core.turns import ConversationStatus, Outcome, Turn

# Below this not even a choice is offered; chosen on nlu/gate.jsonl.
NOTHING = 0.1
# A rule found the words, or the model has no doubt.
CERTAIN = 0.9

URGENT: dict[str, Action] = {
    "crisis": urgent.crisis,
    "emergency": urgent.emergency,
    "fraud_emergency": fraud.emergency,
}
TALK = ("goodbye", "thanks", "feedback", "affirm", "deny", "inform", "out_of_scope")
ACTIONS: dict[str, Action] = {
    **{intent: talk.phrase(intent) for intent in TALK},
    **URGENT,
    "greet": talk.phrase("welcome"),
    "help": talk.show_help,
    "change_language": talk.change_language,
    "calculate": calculate.calculate,
    "cancel": person.cancel,
    "repeat": legal.repeat,
    "followup": similar.detail,
    "statute_lookup": legal.look_up_statute,
    "fraud_check": fraud.check,
    "fraud_knowledge": fraud.explain,
    fraud_reports.INTENT: fraud_reports.report,
    "petition_submit": filing.submit,
    document_wishes.INTENT: documents.request,
    "petition_status": petition.status,
    "case_status": petition.status_of_other,
    "petition_rules": petition.rules,
    "pathway": guide.act,
    "find_office": offices.find,
    **{intent: matters.begin(intent) for intent in matters.ACTS},
    **{form: intake.begin(form, intake.file) for form in intake.APPLICATIONS},
    **{intent: appointments.begin(intent) for intent in SERVICES},
    appointment_change.FORM: appointment_change.change,
    zero_report.INTENT: zero_report.report,
    alerts.INTENT: alerts.manage,
    "my_cases": matters.list_own,
    "report_hazard": hazard.report,
    **dict.fromkeys(clue.INTENTS, clue.report),
    "human_handoff": person.request,
    "privacy_request": talk.privacy,
}
FINISHES: Finishes = {
    petition.FORM: petition.look_up,
    filing.FORM: filing.file,
    document_wishes.INTENT: documents.issue,
    fraud.FORM: fraud.judge,
    fraud_reports.INTENT: fraud_reports.finish,
    **calculate.FINISHES,
    offices.FORM: offices.show,
    hazard.FORM: hazard.file,
    **dict.fromkeys(intake.APPLICATIONS, intake.file),
    **matters.FINISHES,
    **dict.fromkeys(SERVICES, appointments.file),
    appointment_change.FORM: appointment_change.finish,
    zero_report.INTENT: zero_report.finish,
    alerts.INTENT: alerts.finish,
}
# Wishes that the words name beyond doubt, whatever the message was read as: who tells, who answers.
NAMED: tuple[tuple[Callable[[Turn, Tools], bool], Action], ...] = (
    (alerts.is_wanted, alerts.manage),
    (filing.is_wanted, filing.submit),
    (calculate.is_sum, calculate.calculate),
    (documents.is_wanted, documents.wanted),
    (offices.is_meant, offices.find),
    (intake.is_wanted, intake.wanted),
    (fraud_reports.is_wanted, fraud_reports.report),
)
# After these answers to an urgent card nothing is left to ask.
SETTLED = frozenset({"safe", "reported"})
SHORT = 4
BARE = 2
SAYS_LITTLE = frozenset({"affirm", "deny", "inform", "followup", "repeat", "greet", "cancel"})


async def act(turn: Turn, tools: Tools, *, known: frozenset[str]) -> Outcome:
    """Decide what to answer; ``known`` holds every intent name, to tell stale buttons."""
    turn = pictures.noted(replace(turn, session=without_old(turn.session, turn.now)))
    if turn.parse.parser != "payload":
        turn = urgent_answers.read(turn, alarming=not _may_answer_card(turn))
    said_safe, turn = safety_check.says_safe(turn), safety_check.read(turn)
    if said_safe and turn.status is ConversationStatus.BOT:
        # “我安全的” answers the question, whatever the word alone is read as.
        return settle(turn, say(turn, "check_safe"), aside=True)
    if _is_urgent(turn):
        return await _urgent(turn, tools)
    outcome = safety_check.added(turn, await _ordinary(turn, tools, known))
    return await pictures.told(turn, tools, outcome)


async def _ordinary(turn: Turn, tools: Tools, known: frozenset[str]) -> Outcome:
    """What is answered where nobody is known to be in danger."""
    if turn.status is not ConversationStatus.BOT:
        return settle(turn, await held.act(turn, tools), aside=True)
    if turn.parse.parser == "payload":
        return await _completed(turn, tools, await _pressed(turn, tools, known))
    if not any(c.isalnum() for c in turn.parse.text):
        return await _completed(turn, tools, await _wordless(turn, tools))
    return await _completed(turn, tools, await _read(turn, tools))


async def _completed(turn: Turn, tools: Tools, outcome: Outcome) -> Outcome:
    """What is added to an answer, whatever it is: free times, a pathway, the second wish."""
    timed = await appointment_times.offered(turn, tools, outcome)
    return wishes.offered(linking.linked(turn, timed, tools))


async def _wordless(turn: Turn, tools: Tools) -> Outcome:
    """Pictures, a sticker, blanks."""
    if turn.message.pictures:
        taken = await Desk(turn=turn, tools=tools, finishes=FINISHES).pictured()
        return (
            await pictures.ask(turn, tools) if taken is None else settle(turn, taken, aside=False)
        )
    if turn.message.lost:
        return Outcome(session=turn.session)
    key = "cannot_see" if turn.message.attachments else "nothing_said"
    return settle(turn, say(turn, key), aside=True)


async def _pressed(turn: Turn, tools: Tools, known: frozenset[str]) -> Outcome:
    """A button: of a form, or as good as an intent read without doubt."""
    if turn.parse.intent not in known or wishes.is_stale(turn):
        return settle(turn, say(turn, "stale_button"), aside=True)
    pressed = await Desk(turn=turn, tools=tools, finishes=FINISHES).press()
    if pressed is None and turn.parse.intent == "cancel" and choice(turn) is None:
        pressed = stop(turn)
    if pressed is not None:
        return settle(turn, pressed, aside=False)
    return settle(turn, await _by_intent(turn, tools), aside=True)


async def _read(turn: Turn, tools: Tools) -> Outcome:
    """A message in words that the bot is to answer."""
    if alerts.is_left(turn):
        # One word is enough, whatever form is open.
        return settle(turn, await alerts.leave(turn, tools), aside=True)
    weak = too_weak(turn.parse)
    taken = await Desk(turn=turn, tools=tools, finishes=FINISHES).take(weak=weak)
    if taken is not None:
        return settle(turn, taken, aside=False)
    guided = await guide.take(turn, tools, weak=weak)
    if guided is not None:
        return guided
    if turn.session.last_intent in URGENT and (weak or _says_little(turn)):
        return urgent_answers.ask_again(turn)
    return settle(turn, await _routed(turn, tools, weak=weak), aside=True)


async def _routed(turn: Turn, tools: Tools, *, weak: bool) -> Outcome:
    """By what the words name, else by what the message was read as."""
    first = wishes.first(turn)
    if _is_bare_reference(turn.parse):
        return await petition.status(turn, tools)
    named = next((action for names, action in NAMED if names(first, tools)), None)
    if named is not None:
        return wishes.noted(turn, await named(first, tools))
    if turn.session.entry is not None and facets.asks_on(turn.parse.text):
        return await legal.detail(turn, tools)
    if weak or (turn.parse.intent == "out_of_scope" and turn.session.misses):
        return await _weak(turn, tools)
    return wishes.noted(turn, await _by_intent(first, tools))


def _is_urgent(turn: Turn) -> bool:
    if alerts.is_left(turn):
        # “unsubscribe” alone cries for no help, whatever it is read as.
        return False
    parse = turn.parse
    if parse.intent not in URGENT or parse.parser == "payload":
        return parse.intent in URGENT
    if guide.is_answer(turn):
        return False
    draft = draft_of(turn.session)
    open_form = draft is not None and not draft.finished and not is_in_need(turn.session)
    if draft is not None and open_form and is_answer(draft, parse):
        # 跳过, 不公开 and 三万 are the form's, whatever the model makes of them.
        return False
    if parse.intent == "fraud_emergency" and urgent_stories.is_told(turn, draft):
        return False
    if turn.session.form == fraud.FORM and parse.intent == "fraud_emergency":
        # A text pasted to be checked speaks of transfers too.
        return parse.confidence >= CERTAIN
    return not too_weak(parse)


async def _by_intent(turn: Turn, tools: Tools) -> Outcome:
    if turn.parse.intent == "out_of_scope" and turn.parse.parser == "rasa":
        told = await legal.beyond(turn, tools)
        if told is not None:
            return told
    return await ACTIONS.get(turn.parse.intent, legal.ask)(turn, tools)


async def _urgent(turn: Turn, tools: Tools) -> Outcome:
    outcome = safety_check.beside(turn, await URGENT[turn.parse.intent](turn, tools))
    # What was being filled in, or the place in a queue, is still there afterwards.
    last = None if choice(turn) in SETTLED else turn.parse.intent
    counted = outcome.session.sighted
    kept = replace(interrupted(turn), last_intent=last, misses=0, sighted=counted)
    return replace(outcome, session=kept)


def _is_bare_reference(parse: Parse) -> bool:
    """A bare reference number asks where the matter stands."""
    bare = parse.intent == "inform" or too_weak(parse)
    reference = parse.value("case_ref") or ""
    return bare and reference.upper().startswith(petition.LOOKED_UP)


def _may_answer_card(turn: Turn) -> bool:
    """Whether the reading leaves room for an answer to the card just shown."""
    parse = turn.parse
    if parse.intent in URGENT and parse.confidence >= CERTAIN:
        return parse.intent == turn.session.last_intent
    short = size(parse.text) <= SHORT
    return short or parse.intent in URGENT or _says_little(turn) or too_weak(parse)


def _says_little(turn: Turn) -> bool:
    return turn.parse.intent in {*SAYS_LITTLE, turn.session.last_intent}


async def _weak(turn: Turn, tools: Tools) -> Outcome:
    """A weak reading may still be an asked question; else let the citizen choose."""
    parse = turn.parse
    # In two characters that nothing is read in (随便) an entry is found by chance.
    found = await legal.search(parse, tools) if size(parse.text) > BARE else ()
    if found and found[0].score >= legal.SURE:
        return legal.tell(turn, found[0].entry)
    if parse.parser == "rasa" and parse.confidence < NOTHING and not turn.session.misses:
        return talk.miss(turn, reply("out_of_scope"))
    return talk.clarify(turn, talk.intent_titles())
