from __future__ import annotations

from knowledge_base.everyday import everyday_factor, everyday_laws


def test_the_civil_code_is_preferred_most_and_no_law_is_held_back() -> None:
    laws = everyday_laws()
    assert max(laws, key=lambda law: laws[law]) == "民法典"
    assert min(laws.values()) > 1.0


def test_imported_texts_count_as_everyday_law() -> None:
    asked = [("民法典", False), ("海商法", False), ("停车条例", True), ("民法典", True)]
    factors = [everyday_factor(law, imported=imported) for law, imported in asked]
    assert factors == [1.5, 1.0, 1.2, 1.5]
