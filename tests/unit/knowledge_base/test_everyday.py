from __future__ import annotations

from knowledge_base.everyday import everyday_laws


def test_the_civil_code_is_preferred_most_and_no_law_is_held_back() -> None:
    laws = everyday_laws()
    assert max(laws, key=lambda law: laws[law]) == "民法典"
    assert min(laws.values()) > 1.0
