"""Text that XML can carry."""

from __future__ import annotations

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from cases.open311.plain import plain


def test_what_cannot_be_written_is_left_out_and_the_rest_stays() -> None:
    assert plain("平\x00江\x0b\x1b[0m路\t8 号\r\n🏚\ud83c\ufffe") == "平江[0m路\t8 号\r\n🏚"


@given(st.text(alphabet=st.characters(), max_size=40))
def test_every_text_becomes_one_that_a_parser_reads(text: str) -> None:
    told = plain(text).replace("&", "").replace("<", "").replace("\r", "")

    assert (fromstring(f"<t>{told}</t>".encode()).text or "") == told
