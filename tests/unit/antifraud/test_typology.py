"""The kinds of fraud are complete, short enough for a phone, and the signals know them."""

from __future__ import annotations

from antifraud.links import LinkReader
from antifraud.signals import Catalogue
from antifraud.typology import load_typology

TWELVE = [
    "brush",
    "cs",
    "invest",
    "loan",
    "credit",
    "shop",
    "gov",
    "boss",
    "game",
    "love",
    "army",
    "hack",
]


def test_the_twelve_common_kinds_in_order() -> None:
    assert [kind.key for kind in load_typology().main] == TWELVE


def test_every_special_form_belongs_to_a_common_kind() -> None:
    typology = load_typology()

    assert set(typology.parents.values()) <= set(TWELVE)
    assert typology.family("mule") == "brush"
    assert typology.family("gov") == "gov"


def test_sentences_fit_a_phone() -> None:
    for kind in load_typology().kinds.values():
        assert kind.steps
        assert kind.red_flags
        assert all(len(line) <= 60 for line in (*kind.steps, *kind.red_flags)), kind.key
        assert all(0 < len(line) <= 60 for line in (kind.never, kind.advice)), kind.key


def test_signals_vote_for_known_kinds_only() -> None:
    catalogue = Catalogue.load()
    signals = (*catalogue.signals, *catalogue.marks.values())

    assert {key for s in signals for key in s.votes} <= set(load_typology().kinds)


def test_every_mark_of_a_link_has_a_signal() -> None:
    reader, catalogue = LinkReader.load(), Catalogue.load()
    from antifraud.normal import normalise

    texts = [
        "http://icbc.com.cn@xn--pple-43d.top/a.apk",
        "http://1.2.3.4",
        "t.cn",
        "【京东】a点vip",
    ]
    marks = {m for t in texts for link in reader.find(normalise(t)) for m in link.marks}

    assert marks <= set(catalogue.marks)
