"""What `ask` prints, for programs and for people."""

from __future__ import annotations

import json

import pytest

from bot.channels.terminal import Answered, as_line, as_text
from bot.qr import as_blocks
from core.messages import Attachment, Citation, Entity, Parse, QuickReply, Reply, Step

LABOUR = Citation(law="劳动法", article="第五十条", quote="按月支付", in_force=True)
PARSE = Parse(
    text="工资",
    intent="legal_labour",
    confidence=0.98765,
    parser="rasa",
    entities=(Entity(name="money", value="三千", start=0, end=2),),
)


def answered(*replies: Reply, status: str = "bot") -> Answered:
    return Answered(text="工资", parse=PARSE, replies=replies, status=status, elapsed_ms=12.345)


def test_a_line_has_every_key_of_the_contract() -> None:
    reply = Reply(
        text="可以讨薪",
        quick_replies=(QuickReply(title="详细", payload="followup/x"),),
        citations=(LABOUR,),
        attachments=(Attachment(kind="image"),),
    )

    told = json.loads(as_line(answered(reply)))

    assert told == {
        "text": "工资",
        "intent": "legal_labour",
        "confidence": 0.9877,
        "parser": "rasa",
        "entities": [{"name": "money", "value": "三千"}],
        "replies": [
            {
                "text": "可以讨薪",
                "quick_replies": [{"title": "详细", "payload": "followup/x"}],
                "citations": [
                    {
                        "law": "劳动法",
                        "article": "第五十条",
                        "quote": "按月支付",
                        "in_force": True,
                    }
                ],
                "attachments": told["replies"][0]["attachments"],
            }
        ],
        "status": "bot",
        "case": None,
        "elapsed_ms": 12.3,
    }
    assert told["replies"][0]["attachments"][0]["kind"] == "image"


def test_a_line_is_one_line_of_readable_chinese() -> None:
    line = as_line(answered(Reply(text="一\n二")))

    assert "\n" not in line
    assert "工资" in line


@pytest.mark.parametrize(
    ("sources", "case"),
    [((), None), (("faq:x",), None), (("faq:x", "case:XF1"), "XF1"), ((None, "case:XF2"), "XF2")],
)
def test_the_case_is_the_one_that_a_reply_came_from(
    sources: tuple[str | None, ...], case: str | None
) -> None:
    replies = [Reply(text="x", source=source) for source in sources]

    assert answered(*replies).as_json()["case"] == case


def test_a_person_reads_replies_timelines_and_buttons() -> None:
    buttons = (QuickReply(title="甲", payload="a"), QuickReply(title="乙", payload="b"))
    steps = (Step(at="10月12日", label="登记", text="收到", done=True),)

    text = as_text(
        answered(Reply(text="一", timeline=steps, quick_replies=buttons), Reply(text="二"))
    )

    assert text == "一\n10月12日 登记 收到\n〔甲〕〔乙〕\n\n二\n"


def test_no_reply_is_an_empty_line() -> None:
    assert as_text(answered()) == "\n"


def test_people_see_where_a_document_is_fetched() -> None:
    file = Attachment(kind="file", url="/d/abc", caption="信访信.pdf")
    buttons = (QuickReply(title="再要一份", payload="document_request/letter/redo"),)
    reply = Reply(text="好了", attachments=(file,), quick_replies=buttons)

    text = as_text(answered(reply), base="http://127.0.0.1:8080")

    assert text == "好了\n信访信.pdf http://127.0.0.1:8080/d/abc\n〔再要一份〕\n"
    assert json.loads(as_line(answered(reply)))["replies"][0]["attachments"][0]["url"] == "/d/abc"


def test_a_page_comes_with_its_code_to_scan() -> None:
    page = Attachment(kind="page", url="/t/XF1", caption="进度页")

    told = as_text(answered(Reply(text="收好", attachments=(page,))), base="http://127.0.0.1:8080")

    address = "http://127.0.0.1:8080/t/XF1"
    assert told == f"收好\n进度页 {address}\n{as_blocks(address)}\n"
