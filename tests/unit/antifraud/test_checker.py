"""The verdict, the kind and the very words, on real-looking texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antifraud.checker import Checker
from core.knowledge import ScamVerdict
from core.ports import ScamChecker

FLAGGED = {ScamVerdict.SCAM, ScamVerdict.SUSPICIOUS}
QUERIES = Path(__file__).parents[4] / "shared" / "data" / "statute_queries_dev.jsonl"
NOVEL = (
    "雨停的时候，巷口的馄饨摊刚点上灯。老周把板凳擦了又擦，给我留了靠里的位置，说汤底熬得久，慢慢喝。"
    "母亲从窗口探出头来喊我的名字，声音顺着河水飘过去，惊起几只停在船篷上的麻雀。"
    "那年冬天父亲从厂里回来，带了一包糖炒栗子，我们三个人围着炉子剥了一夜，谁也没有提起搬家的事。"
    "后来我在南方的城市里见过许多条河，没有一条像它那样，白天安静得像睡着了，到了夜里才开始说话。"
) * 6
PIECES = [
    "验证码",
    "安全账户",
    "加V信",
    "http://a.top/x.apk",
    "。",
    "\u200b",
    "\u202e",
    "不要告诉",
    "ﷺ",
    "转5000",
]


def test_it_is_what_the_actions_ask_for(checker: Checker) -> None:
    port: ScamChecker = checker

    assert len(port.types()) == 12
    assert port.type("nothing") is None


def test_a_forwarded_message_names_its_three_faults(checker: Checker) -> None:
    text = "【公积金中心】您的公积金账户异常，今日24时前点击 gjj-sz［点］vip 核验，逾期冻结"
    check = checker.check(text)

    assert check.verdict is ScamVerdict.SCAM
    assert check.type is not None
    assert checker.family(check.type.key) == "gov"
    assert {"haste", "threat", "link_brand"} <= {r.rule for r in check.reasons}
    assert "gjj-sz［点］vip" in {r.quote for r in check.reasons}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("有人让我先交保证金才放贷是不是骗子", "loan"),
        ("我妈接到电话说涉嫌洗钱，让她把钱转到安全账户，不要告诉家里人", "gov"),
        ("客服说误开了会员，要我共享屏幕关掉自动扣费", "cs"),
        ("刷.单兼.职，薇♥芯：kdj9921，日賺500，做一單結一單", "brush"),
        ("公 安 局 涉 案 通 知：您 名 下 账 户 涉 嫌 洗 黑 钱，速 转 入 安 全 帐 户", "gov"),
        ("日结800，只需要提供银行卡帮公司走账收款，刷脸转账就行", "mule"),
        ("裸聊被录了视频，对方有我通讯录，让我转三万否则群发", "extortion"),
    ],
)
def test_kinds(checker: Checker, text: str, kind: str) -> None:
    check = checker.check(text)

    assert check.verdict in FLAGGED
    assert check.type is not None
    assert kind in {check.type.key, checker.family(check.type.key)}


@pytest.mark.parametrize(
    "text",
    [
        "【支付宝】验证码 482913，用于登录，5分钟内有效。请勿泄露给任何人，工作人员不会向您索取。",
        "【菜鸟驿站】您的中通包裹已到，凭取件码 6-2-1108 领取，今日21:00前取件。",
        "妈我到了 生活费转我一下",
        "取保候审交的保证金什么时候能退",
        "【国家反诈中心】凡是要求您转账到“安全账户”的都是诈骗，请勿相信，如遇可疑情况请拨打96110。",
        "【工商银行】您尾号3321的账户支出人民币128.00元，详情见 www.icbc.com.cn",
    ],
)
def test_no_sign_in_what_is_in_order(checker: Checker, text: str) -> None:
    check = checker.check(text)

    assert check.verdict is ScamVerdict.NO_SIGN
    assert check.reasons == ()
    assert check.type is None


@pytest.mark.parametrize(
    "text",
    ["", "   ", "这是骗子吗", "帮我看看这个短信是不是诈骗", "13812345678", "😀😀", "？？？"],
)
def test_nothing_to_judge(checker: Checker, text: str) -> None:
    assert checker.check(text).verdict is ScamVerdict.CANNOT_TELL


def test_a_pasted_warning_does_not_shield_a_link(checker: Checker) -> None:
    text = "谨防诈骗。您的社保卡今日停用，请点击 shebao-gov.icu 重新认证，逾期作废"

    assert checker.check(text).verdict in FLAGGED


# A second each; an expression that tries every way through the text would take hours.
@pytest.mark.timeout(120)
def test_a_hundred_thousand_characters_stay_within_bounds(checker: Checker) -> None:
    texts = ["转到安全账户，验证码告诉我，" * 7_000, "a." * 50_000, "冒充" * 50_000, "@" * 100_000]
    for text in texts:
        check = checker.check(text)
        assert all(reason.quote in text for reason in check.reasons)


@settings(max_examples=200, deadline=None)
@given(
    text=st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text())).map("".join))
)
def test_any_text_is_answered_in_its_own_words(checker: Checker, text: str) -> None:
    check = checker.check(text)

    assert 0.0 <= check.score <= 1.0
    assert all(reason.quote in text and reason.meaning for reason in check.reasons)
    assert check.verdict is not ScamVerdict.NO_SIGN or check.reasons == ()
    assert all(0 <= reason.start < reason.end <= len(text) for reason in check.reasons)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("17000000000", "phone_virtual"),
        ("+86 95588 打来的是骗子吗", "phone_forged"),
        ("ToDesk", "app_remote"),
        ("6200 0000 0000 0000", "account_card"),
    ],
)
def test_of_a_bare_number_or_program_it_says_what_is_known(
    checker: Checker, text: str, rule: str
) -> None:
    check = checker.check(text)

    assert check.verdict is not ScamVerdict.NO_SIGN
    assert rule in {reason.rule for reason in check.reasons}


def test_a_page_of_a_novel_is_no_scam(checker: Checker) -> None:
    assert checker.check(NOVEL).verdict is ScamVerdict.NO_SIGN


def test_a_scam_inside_a_page_of_a_novel_is_found(checker: Checker) -> None:
    check = checker.check(NOVEL + "你涉嫌洗钱，马上把钱转到安全账户，不要告诉家人。" + NOVEL)

    assert check.verdict is ScamVerdict.SCAM
    assert "安全账户" in {reason.quote for reason in check.reasons}


def test_a_link_of_ten_thousand_characters(checker: Checker) -> None:
    link = "http://gjj-example.top/" + "a" * 10_000
    check = checker.check(f"公积金异常，点击 {link} 核验")

    assert check.verdict in FLAGGED
    assert max(len(reason.quote) for reason in check.reasons) <= 60
    assert checker.check(link).verdict in FLAGGED


def test_a_text_shown_backwards_is_read_as_it_is_seen(checker: Checker) -> None:
    check = checker.check("把收到的\u202e户账全安到转钱把,我诉告码证验\u202c")

    assert check.verdict in FLAGGED
    assert {"disguise_direction", "safe_account"} <= {reason.rule for reason in check.reasons}


def test_the_spans_are_those_of_the_words(checker: Checker) -> None:
    text = "【民警】请把钱转到安.全.账.户，不得告诉家人"
    check = checker.check(text)

    assert check.reasons
    assert all(text[r.start : r.end].strip() == r.quote for r in check.reasons)


def test_legal_questions_are_seldom_taken_for_fraud(checker: Checker) -> None:
    if not QUERIES.exists():
        pytest.skip("the shared legal questions are not on this machine")
    rows = [json.loads(line) for line in QUERIES.read_text(encoding="utf-8").splitlines()]
    flagged = sum(checker.check(row["query"]).verdict in FLAGGED for row in rows)

    assert flagged / len(rows) <= 0.01


def test_it_tells_the_same_in_english(checker: Checker) -> None:
    text = "【公积金中心】您的公积金账户异常，今日24时前点击 gjj-sz.vip 核验，逾期冻结"
    chinese, english = checker.check(text), checker.into("en").check(text)

    assert (english.verdict, english.score) == (chinese.verdict, chinese.score)
    assert [(r.rule, r.quote) for r in english.reasons] == [
        (r.rule, r.quote) for r in chinese.reasons
    ]
    assert english.type is not None
    assert english.type.title == "Fake subsidies and notices"
    assert all(reason.meaning.isascii() for reason in english.reasons)
    assert checker.into("zh") is checker
    assert checker.into("en") is checker.into("en")


@pytest.mark.parametrize("text", ["Is this a scam?", "check this link please", "is it safe"])
def test_a_bare_question_in_english_cannot_be_judged(checker: Checker, text: str) -> None:
    assert checker.check(text).verdict is ScamVerdict.CANNOT_TELL
