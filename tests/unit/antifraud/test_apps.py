"""Programs by what they are misused for."""

from __future__ import annotations

import pytest

from antifraud.apps import AppReader


@pytest.mark.parametrize(
    ("text", "mark", "name"),
    [
        ("装一个todesk", "app_remote", "todesk"),
        ("用向日葵远程", "app_remote", "向日葵远程"),
        ("进腾讯会议", "app_meeting", "腾讯会议"),
        ("加我whatsapp", "app_secret", "whatsapp"),
    ],
)
def test_marks(text: str, mark: str, name: str) -> None:
    (app,) = AppReader.load().find(text)

    assert (app.mark, text[app.start : app.end]) == (mark, name)


def test_other_programs_are_left_out() -> None:
    assert AppReader.load().find("打开苏周到看看") == ()
