"""The service answers in the terminal through inbox, engine and outbox."""

from __future__ import annotations

import pytest

from bot.bootstrap import Service
from bot.conversing import converse

pytestmark = pytest.mark.rasa


async def test_wage_question_is_answered_with_law_and_hotline(service: Service) -> None:
    answered = await converse(service, "a", "老板欠我三个月工资不给怎么办")

    assert answered.parse.parser == "rasa"
    assert answered.parse.intent == "legal_labour"
    assert "12333" in answered.replies[0].text
    assert answered.replies[0].citations


async def test_petition_is_found_with_its_code(service: Service) -> None:
    answered = await converse(service, "a", "XF3205082610120001236 7QK2M9XD")

    assert "办理中" in answered.replies[0].text
    assert answered.as_json()["case"] == "XF3205082610120001236"
