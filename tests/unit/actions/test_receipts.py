from __future__ import annotations

from actions.phrases import speaking
from actions.receipts import PAGE, with_page
from core.messages import Attachment, Reply


def test_a_receipt_leads_to_its_page_and_keeps_what_it_had() -> None:
    paper = Attachment(kind="file", url="/d/abc")
    receipt = Reply(text="收好", attachments=(paper,))

    page = Attachment(kind="page", url=PAGE, caption="进度页")
    assert with_page(receipt).attachments == (paper, page)
    with speaking("en"):
        assert with_page(receipt).attachments[-1].caption == "Progress page"
