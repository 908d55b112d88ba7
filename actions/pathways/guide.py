"""The guided way: begun from a wish to know which way to go, then one question at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from actions import legal
from actions.base import answer, choice
from actions.facets import asks_on
from actions.forms.commands import Command, command
from actions.forms.draft import let_go
from actions.pathways.choosing import INTENT, disputes, list_of
from actions.pathways.hearing import Asked, Said, Unclear, hear, is_bare
from actions.pathways.loading import pathways
from actions.pathways.spec import Step
from actions.pathways.telling import Teller, noted, person
from actions.pathways.walk import Trail, answered, back, follow, held, is_fresh, walking
from actions.phrases import reply, spoken, words
from core.messages import CHINESE, Reply
from core.ports import Tools
from core.turns import Outcome, Session, Turn
from timekeeping.periods import day_of

LIST = "other"


async def act(turn: Turn, tools: Tools) -> Outcome:
    """Begin the way of the dispute that is named, go on with one begun, or ask which it is."""
    argument = choice(turn)
    if argument is not None and tools.knowledge.entry(argument) is not None:
        return await legal.ask(turn, tools)
    guide = Guide(turn=turn, tools=tools, today=day_of(turn.now))
    if argument is not None:
        return guide.press(argument)
    if spoken() != CHINESE:
        return await legal.ask(turn, tools)
    named = disputes(turn.parse) if turn.parse.text else []
    trail = guide.trail
    if trail is not None and trail.answered and named in ([], [trail.pathway]):
        return guide.offer(trail)
    if len(named) == 1:
        return guide.begin(named[0].name)
    parse = turn.parse
    found = await tools.knowledge.search(parse.text, intent=INTENT, vector=parse.vector)
    if parse.text and found and found[0].score >= legal.SURE:
        return legal.tell(turn, found[0].entry)
    return guide.told(list_of(named), session=turn.session)


async def take(turn: Turn, tools: Tools, *, weak: bool) -> Outcome | None:
    """Answer a typed message that is meant for the way being walked; None leaves it to others."""
    guide = Guide(turn=turn, tools=tools, today=day_of(turn.now))
    trail, session = guide.trail, turn.session
    if trail is None or session.form is not None:
        return None
    if not _listens(turn):
        return guide.show(trail) if command(turn.parse.text) is Command.RESUME else None
    if asks_on(turn.parse.text):
        return guide.show(trail)
    heard = hear(trail, turn.parse, weak=weak, today=guide.today)
    if isinstance(heard, Said):
        return guide.answer(trail, heard)
    if isinstance(heard, Asked):
        return guide.press(heard.button)
    if isinstance(heard, Unclear):
        return guide.unclear(trail, heard)
    same = turn.parse.intent == INTENT and disputes(turn.parse) in ([], [trail.pathway])
    return guide.press("whole") if same else None


def is_answer(turn: Turn) -> bool:
    """Whether a message is for the pathway and for nothing else, whatever a model reads."""
    walk = walking(turn.session, turn.now)
    if walk is None or turn.session.form is not None or not _listens(turn):
        return False
    return is_bare(follow(pathways()[walk.pathway], walk.answers, day_of(turn.now)), turn.parse)


def _listens(turn: Turn) -> bool:
    """Whether the pathway was the last thing told, and not long ago."""
    return turn.session.last_intent == INTENT and is_fresh(turn.session, turn.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Where a turn meets the pathway; ``today`` is the day in Suzhou."""

    turn: Turn
    tools: Tools
    today: date

    @property
    def trail(self) -> Trail | None:
        """The way walked so far, if one is."""
        walk = walking(self.turn.session, self.turn.now)
        return self._follow(walk.pathway, walk.answers) if walk else None

    def begin(self, name: str) -> Outcome:
        """Stand at the start of a pathway."""
        return self.show(self._follow(name, {}), line=words("pathway_begin"))

    def press(self, argument: str) -> Outcome:
        """A button, by its argument; one of a way that is no longer walked shows the list."""
        name, _, page = argument.partition("=")
        trail = self.trail
        if argument in pathways():
            return self.begin(argument)
        if name == LIST or trail is None:
            return self.told(list_of((), page=page), session=self.turn.session)
        if "." in name:
            pathway, _, node = name.partition(".")
            fits = pathway == trail.pathway.name and node in (*trail.passed, trail.at)
            said = Said(name=node, value=page, mended=node != trail.at)
            return self.answer(trail, said) if fits else self.show(trail)
        return self._move(trail, argument)

    def answer(self, trail: Trail, said: Said) -> Outcome:
        """Go on with an answer; one that is mended takes its place, wherever one stands."""
        going = self._follow(trail.pathway.name, answered(trail, said.name, said.value))
        return self.show(going, line=noted(going, said.name, self.today))

    def show(self, trail: Trail, *, line: str = "") -> Outcome:
        """Say where one stands."""
        session, disclaimer = self.turn.session, ""
        if isinstance(trail.node, Step) and not session.disclaimed:
            session, disclaimer = replace(session, disclaimed=True), words("legal_disclaimer")
        here = self._teller(trail).here(line=line, disclaimer=disclaimer)
        return self.told(here, session=self._held(session, trail))

    def unclear(self, trail: Trail, heard: Unclear) -> Outcome:
        """Say what would be understood; the second time in a row, that a person can help."""
        again = self.turn.session.misses > 0
        here = self._teller(trail).here()
        buttons = (person(), *here.quick_replies[:-1]) if again else here.quick_replies
        key = "pathway_unfit_again" if again and heard.why == "pathway_unfit" else heard.why
        text = words(key)
        outcome = self.told(
            Reply(text=text, quick_replies=buttons), session=self._held(self.turn.session, trail)
        )
        session = replace(outcome.session, misses=self.turn.session.misses + 1)
        return replace(outcome, session=session)

    def offer(self, trail: Trail) -> Outcome:
        """Ask whether to go on with a way begun before."""
        offered = reply("pathway_offer", title=trail.pathway.title, number=trail.number)
        return self.told(offered, session=self.turn.session)

    def told(self, said: Reply, *, session: Session) -> Outcome:
        """An outcome after which the pathway listens."""
        outcome = answer(self.turn, said, session=let_go(session))
        return replace(outcome, session=replace(outcome.session, last_intent=INTENT))

    def _move(self, trail: Trail, button: str) -> Outcome:
        teller = self._teller(trail)
        match button:
            case "back":
                return self._back(trail)
            case "restart":
                return self.begin(trail.pathway.name)
            case "stop":
                dropped = replace(let_go(self.turn.session), walk=None)
                return answer(self.turn, reply("pathway_stopped"), session=dropped)
            case "whole":
                return self.told(teller.whole(), session=self.turn.session)
            case "counted" if (counted := teller.counted()) is not None:
                return self.told(counted, session=self.turn.session)
            case "redate" if trail.dates:
                return self._redate(trail)
            case _:
                return self.show(trail)

    def _back(self, trail: Trail) -> Outcome:
        before = back(trail)
        if before is None:
            return self.show(trail, line=words("pathway_at_start"))
        return self.show(self._follow(trail.pathway.name, before))

    def _redate(self, trail: Trail) -> Outcome:
        """Ask again for the day that the step counts from."""
        counted = self._teller(trail).latest()
        name = (counted.rule.day if counted else None) or list(trail.dates)[-1]
        kept = {n: value for n, value in trail.answers.items() if n != name}
        return self.show(self._follow(trail.pathway.name, kept))

    def _follow(self, name: str, answers: Mapping[str, str]) -> Trail:
        return follow(pathways()[name], answers, self.today)

    def _teller(self, trail: Trail) -> Teller:
        return Teller(trail=trail, knowledge=self.tools.knowledge, today=self.today)

    def _held(self, session: Session, trail: Trail) -> Session:
        return held(session, trail.pathway.name, trail.answers, self.turn.now)
