"""Everything that messages mention by rule: one pass, used by our process and inside Rasa alike.

Finders run in turn, and what one found is hidden from the next: 13800000000 is no sum of money,
三万两年 is thirty thousand and two years.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from nlu.text.amounts import find_amounts
from nlu.text.characters import plain
from nlu.text.dates import find_dates, find_fixed_dates
from nlu.text.identifiers import (
    find_bank_accounts,
    find_case_refs,
    find_id_cards,
    find_phones,
    find_query_codes,
    find_urls,
)
from nlu.text.mentions import HIDDEN, Mention, cover
from nlu.text.numbers import HAN_DIGITS, HAN_UNITS
from nlu.text.periods import find_periods
from nlu.text.places import find_places
from nlu.text.rates import find_rates
from nlu.text.vocabulary import any_of

# Each with the names it gives, in the order they run.
FINDERS = (
    (find_urls, {"url"}),
    (find_case_refs, {"case_ref"}),
    (find_id_cards, {"id_card"}),
    (find_phones, {"phone"}),
    (find_bank_accounts, {"bank_account"}),
    (find_query_codes, {"query_code"}),
    (find_rates, {"rate"}),
    (find_fixed_dates, {"date"}),
    (find_amounts, {"amount"}),
    (find_dates, {"date"}),
    (find_periods, {"period"}),
    (find_places, {"district", "town"}),
)
NAMES = frozenset(name for _, names in FINDERS for name in names)
"""The entities there are; training examples may be annotated with these."""


def extract(text: str, day: date) -> tuple[Mention, ...]:
    """The mentions in a text in their order, none overlapping; ``day`` is today in Suzhou."""
    left = _without_idioms().sub(lambda m: HIDDEN * len(m.group()), plain(text))
    found: list[Mention] = []
    for find, _ in FINDERS:
        mentions = tuple(find(left, day))
        found.extend(mentions)
        left = cover(left, mentions)
    return tuple(sorted(found, key=lambda m: m.start))


@cache
def _without_idioms() -> re.Pattern[str]:
    """Figures of speech, names of laws, and what 第 counts."""
    return re.compile(rf"{any_of('idioms')}|《[^《》]*》|第[0-9{HAN_DIGITS}{HAN_UNITS}]+")
