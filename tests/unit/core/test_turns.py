"""What the dialogue remembers survives the database."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from core.turns import Pause, Session, Shelved

TEXT = st.text(max_size=20)
SESSIONS = st.builds(
    Session,
    form=st.none() | TEXT,
    requested_slot=st.none() | TEXT,
    slots=st.dictionaries(TEXT, TEXT, max_size=4),
    touched_at=st.none() | TEXT,
    pause=st.none() | st.sampled_from(Pause),
    shelved=st.dictionaries(
        TEXT,
        st.builds(
            Shelved,
            requested_slot=st.none() | TEXT,
            slots=st.dictionaries(TEXT, TEXT, max_size=4),
            touched_at=st.none() | TEXT,
        ),
        max_size=2,
    ),
    wish=st.none() | TEXT,
    wish_intent=st.none() | TEXT,
    topic=st.none() | TEXT,
    acknowledged=st.booleans(),
    last_intent=st.none() | TEXT,
    entry=st.none() | TEXT,
    misses=st.integers(0, 9),
    disclaimed=st.booleans(),
    language=st.sampled_from(["zh", "en"]),
    language_chosen=st.booleans(),
)


@given(SESSIONS)
def test_round_trip_through_json(session: Session) -> None:
    assert Session.from_json(json.loads(json.dumps(session.as_json()))) == session


def test_older_and_newer_versions_are_read() -> None:
    assert Session.from_json({}) == Session()
    assert Session.from_json({"misses": 2, "mood": "bad"}) == Session(misses=2)


def test_stored_form_is_a_copy() -> None:
    session = Session(slots={"case_ref": "XF1"})
    session.as_json()["slots"]["case_ref"] = "XF2"

    assert session.slots == {"case_ref": "XF1"}
