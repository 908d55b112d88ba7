"""How the text of an article is told: in force, of a version with its day, or no longer in force."""

from __future__ import annotations

from datetime import date

from actions.phrases import words
from core.knowledge import Article, OldArticle


def statute_text(article: Article) -> str:
    """The article's whole text; a text that was imported is told with the day it is of."""
    if article.version is None:
        return words("statute_text", law=article.law, number=article.number, text=article.text)
    return words(
        "statute_version",
        law=article.law,
        number=article.number,
        text=article.text,
        day=_day(article.version),
    )


def old_text(old: OldArticle) -> str:
    """The text of a version that is not in force, said to be so, and how to get the present one."""
    if old.text is None or old.version is None:
        known = words("statute_old_missing", law=old.law, number=old.number)
    else:
        known = words(
            "statute_old",
            law=old.law,
            number=old.number,
            text=old.text,
            day=_day(old.version),
            status=_status(old),
        )
    now = words("statute_now", law=old.law, number=old.number) if old.living else ""
    return f"{known}\n{now}".rstrip()


def _status(old: OldArticle) -> str:
    if not old.living:
        return words("statute_gone")
    if old.replaced_on is None:
        return words("statute_superseded")
    return words("statute_superseded_on", day=_day(old.replaced_on))


def _day(day: date) -> str:
    return words("statute_day", year=day.year, month=day.month, day=day.day)
