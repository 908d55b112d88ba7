"""What every receipt carries beside its words: the page on which the matter can be followed."""

from __future__ import annotations

from dataclasses import replace

from actions.phrases import words
from core.messages import Attachment, Reply

# Filled in the commit that files the case, like the reference and the code.
PAGE = "{case.page}"


def with_page(receipt: Reply) -> Reply:
    """The receipt with a link to its case's page; the query code is not in it."""
    page = Attachment(kind="page", url=PAGE, caption=words("case_page"))
    return replace(receipt, attachments=(*receipt.attachments, page))
