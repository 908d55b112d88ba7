"""Nothing is told with a citation that does not stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from actions.phrases import reply as phrase
from bot.guard import Guard
from core.knowledge import Article
from core.messages import Citation, InForce, Reply
from core.turns import Outcome, Session
from knowledge_base.attested import attested
from tests.integration.talk import Shelf

LAW, NUMBER = Shelf.held.law, Shelf.held.number
QUOTE = "可以由有关组织"


def checked(*citations: Citation) -> Reply:
    guard = Guard(Shelf, lambda c: attested().attests(c.law, c.article, c.quote))
    told = Reply(text="可以离婚", citations=citations)
    [reply] = guard.check(Outcome(replies=(told,), session=Session())).replies
    return reply


def cite(
    *, law: str = LAW, article: str = NUMBER, quote: str = QUOTE, in_force: InForce = True
) -> Citation:
    return Citation(law=law, article=article, quote=quote, in_force=in_force)


def test_true_citation_is_told() -> None:
    assert checked(cite()).text == "可以离婚"
    assert checked().text == "可以离婚"


def test_blanks_in_either_text_do_not_matter() -> None:
    assert checked(cite(quote="夫妻一方 要求离婚的，\n可以")).text == "可以离婚"


@pytest.mark.parametrize(
    "false",
    [
        cite(law="离婚法"),
        cite(article="第一万条"),
        cite(quote="必须由有关组织"),
        cite(quote=""),
        cite(quote=" "),
        cite(in_force=False),
        cite(in_force="attested"),
        cite(law="信访工作条例", article="第九百条", quote="十五日", in_force="attested"),
    ],
    ids=[
        *("no such law", "no such article", "words that are not there", "no words", "a blank"),
        *("not in force", "attested but never checked", "no such attested row"),
    ],
)
def test_false_citation_is_not_told(false: Citation) -> None:
    assert checked(false) == phrase("legal_unknown")
    assert checked(cite(), false) == phrase("legal_unknown")


def test_an_attested_citation_is_held_to_the_full_text_once_that_is_there() -> None:
    row = attested().rows[0]
    shelf = Shelf()
    shelf.held = Article(
        law=row.law, number=row.article, text="换了说法", version=date(2030, 1, 1)
    )
    guard = Guard(lambda: shelf, lambda c: attested().attests(c.law, c.article, c.quote))
    told = Reply(
        text="答",
        citations=(cite(law=row.law, article=row.article, quote=row.key, in_force="attested"),),
    )

    [refused] = guard.check(Outcome(replies=(told,), session=Session())).replies
    shelf.held = replace(shelf.held, text=f"前{row.key}后")
    [accepted] = guard.check(Outcome(replies=(told,), session=Session())).replies

    assert (refused, accepted) == (phrase("legal_unknown"), told)


def test_attested_citation_needs_its_row() -> None:
    row = attested().rows[0]
    true = cite(law=row.law, article=row.article, quote=row.key, in_force="attested")
    made_up = cite(law=row.law, article=row.article, quote="一派胡言乱语", in_force="attested")

    assert checked(true).text == "可以离婚"
    assert checked(made_up) == phrase("legal_unknown")
    nothing = cite(law=row.law, article=row.article, quote="", in_force="attested")
    assert checked(nothing) == phrase("legal_unknown")


def test_it_does_not_know_in_the_citizens_language() -> None:
    outcome = Outcome(
        replies=(Reply(text="bad", citations=(cite(law="假法"),)),), session=Session(language="en")
    )

    (told,) = Guard(Shelf, lambda c: False).check(outcome).replies

    assert (told.language, "will not guess" in told.text) == ("en", True)


def test_one_false_reply_does_not_take_the_others() -> None:
    guard = Guard(Shelf, lambda c: False)
    outcome = Outcome(
        replies=(Reply(text="好"), Reply(text="坏", citations=(cite(law="假法"),))),
        session=Session(misses=2),
    )

    result = guard.check(outcome)

    assert result.replies == (Reply(text="好"), phrase("legal_unknown"))
    assert result.session == outcome.session
