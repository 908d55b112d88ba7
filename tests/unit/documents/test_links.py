"""Links to documents and back."""

from __future__ import annotations

from documents.links import link_to, token_of


def test_a_link_gives_its_token_back() -> None:
    assert link_to("abc") == "/d/abc"
    assert token_of(link_to("abc")) == "abc"


def test_other_addresses_are_no_documents() -> None:
    assert token_of("https://example.org/d/abc") is None
    assert token_of("geo:31.3,120.6") is None
    assert token_of(None) is None
