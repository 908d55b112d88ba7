"""The few values that can say something about themselves."""

from __future__ import annotations

from core.messages import Citation, Entity, Parse


def test_citation_is_printed_as_lawyers_do() -> None:
    citation = Citation(law="劳动合同法", article="第三十八条", quote="", in_force=True)

    assert citation.label == "《劳动合同法》第三十八条"


def test_first_entity_of_a_name_is_its_value() -> None:
    parse = Parse(
        text="",
        intent="petition_status",
        confidence=1.0,
        parser="rules",
        entities=(
            Entity(name="case_ref", value="XF1", start=0, end=3),
            Entity(name="case_ref", value="XF2", start=4, end=7),
        ),
    )

    assert parse.value("case_ref") == "XF1"
    assert parse.value("query_code") is None
