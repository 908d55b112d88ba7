"""Commands are a closed list of whole texts; nothing here asks a model."""

from __future__ import annotations

import pytest
import yaml

from actions.forms.commands import FILE, Command, command, plain


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("跳过", Command.SKIP),
        ("跳过吧！", Command.SKIP),
        ("  跳過 ", Command.SKIP),
        ("上一步", Command.BACK),
        ("返回", Command.BACK),
        ("不弄了", Command.CANCEL),
        ("取消。", Command.CANCEL),
        ("算了", Command.CANCEL),
        ("确认", Command.CONFIRM),
        ("OK", Command.CONFIRM),
        ("改一下", Command.CHANGE),
        ("接着填", Command.RESUME),
        ("重新开始", Command.RESTART),
        ("不变", Command.KEEP),
        ("清空", Command.CLEAR),
        ("再说一遍", Command.AGAIN),
        ("其余留空", Command.BLANKS),
        ("后面的都跳过吧", Command.BLANKS),
    ],
)
def test_a_text_that_is_a_command(text: str, meant: Command) -> None:
    assert command(text) is meant


@pytest.mark.parametrize(
    "text",
    [
        "跳过这个坑的路人",
        "不要跳过我的问题",
        "确认书在哪里拿",
        "好像不是",
        "",
        "……",
        "对了",
        "好了",
    ],
)
def test_a_text_that_only_holds_one(text: str) -> None:
    assert command(text) is None


def test_every_command_but_the_button_for_more_can_be_typed() -> None:
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))["commands"]

    assert set(listed) == set(Command) - {Command.MORE}


def test_no_word_means_two_commands() -> None:
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))["commands"]
    words = [plain(str(word)) for words in listed.values() for word in words]

    assert sorted({w for w in words if words.count(w) > 1}) == []


def test_plain_folds_width_case_blanks_and_marks() -> None:
    assert plain(" ＯＫ，好 的！") == "ok好的"
