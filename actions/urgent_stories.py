"""Talk of money and links that is no cry for help, but an answer or a story being written down."""

from __future__ import annotations

from actions import document_wishes, documents, urgent_answers
from actions.forms.draft import Draft
from actions.forms.pausing import rests
from core.turns import Turn


def is_told(turn: Turn, draft: Draft | None) -> bool:
    """Whether talk of money and links is but an answer: a claim, whose account, a link to us.

    The story itself is looked at, and whatever says that it is happening now; in a form that follows
    the emergency, only what says that it is happening once more.
    """
    text = turn.parse.text
    if draft is not None and turn.parse.intent in draft.form.follows:
        return not rests(turn.session, turn.now) and not urgent_answers.begins_anew(text)
    if document_wishes.happens_now(text):
        return False
    if draft is None or draft.slot is None:
        return documents.is_wanted_again(turn)
    detail = turn.parse.intent in draft.form.tells and not draft.slot.grows
    return not rests(turn.session, turn.now) and (detail or draft.slot.claims)
