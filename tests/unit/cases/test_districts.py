from __future__ import annotations

from cases.districts import districts


def test_every_key_has_six_characters_and_a_name_of_its_own() -> None:
    assert {len(key) for key in districts()} == {6}
    assert len(set(districts().values())) == len(districts()) == 11


def test_the_old_town() -> None:
    assert districts()["320508"] == "姑苏区"
