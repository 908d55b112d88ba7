from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.codes import ALPHABET, checked_code, code_digest, new_code, reference_digest
from cases.errors import BadFiling
from db.encryption import Vault

VAULT = Vault({"k1": b"\x01" * 32}, current="k1")
REFERENCE = "XF3205082610120001236"

codes = st.text(ALPHABET, min_size=8, max_size=8)


def test_the_alphabet_has_no_look_alikes() -> None:
    assert set(ALPHABET) == set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") - set("01ILO")
    assert len(ALPHABET) == 31


def test_codes_are_drawn_from_it_and_differ() -> None:
    drawn = [new_code() for _ in range(200)]

    assert len(set(drawn)) == 200
    assert all(len(code) == 8 and set(code) <= set(ALPHABET) for code in drawn)


@given(codes)
def test_case_and_blanks_do_not_matter(code: str) -> None:
    typed = f" {code[:4].lower()}-{code[4:]} "

    assert checked_code(typed) == code
    assert code_digest(VAULT, REFERENCE, typed) == code_digest(VAULT, REFERENCE.lower(), code)


@given(codes, codes)
def test_a_digest_belongs_to_its_code_and_reference(one: str, other: str) -> None:
    digest = code_digest(VAULT, REFERENCE, one)

    assert (digest == code_digest(VAULT, REFERENCE, other)) is (one == other)
    assert digest != code_digest(VAULT, "XF3205082610120001244", one)
    assert one not in digest


@pytest.mark.parametrize(
    "text", ["", "7QK2M9X", "7QK2M9XD2", "7QK2M9X0", "7QK2M9XI", "查询码七八九十"]
)
def test_what_could_not_have_been_drawn_is_refused(text: str) -> None:
    with pytest.raises(BadFiling):
        checked_code(text)


def test_a_reference_digest_is_not_a_code_digest() -> None:
    assert reference_digest(VAULT, REFERENCE) == reference_digest(VAULT, REFERENCE.lower())
    assert reference_digest(VAULT, REFERENCE) != code_digest(VAULT, REFERENCE, "")
