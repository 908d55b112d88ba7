"""Signs are found where they are meant, and not where they are denied or warned of."""

from __future__ import annotations

import pytest

from antifraud.signals import CALM, Catalogue, Combo, Hit, Signal, total, votes


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


def names(catalogue: Catalogue, text: str) -> set[str]:
    return {hit.signal.name for hit in catalogue.find(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("把钱转到安全账户", "safe_account"),
        ("不要告诉家人", "secrecy"),
        ("把验证码报给我", "ask_code"),
        ("要我共享屏幕", "share_screen"),
        ("先交保证金才放贷", "loan_fee"),
        ("加v信领任务", "hidden_contact"),
        ("买金条交给上门的专员", "gold_or_cash"),
        ("稳赚不赔", "sure_profit"),
        ("24小时内核验", "haste"),
        ("move it to a safe account", "safe_account"),
        ("send me the verification code", "ask_code"),
        ("don’t tell anyone about it", "secrecy"),
    ],
)
def test_found(catalogue: Catalogue, text: str, name: str) -> None:
    assert name in names(catalogue, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("公安不会要求转到安全账户", "safe_account"),
        ("请勿把验证码报给他人", "ask_code"),
        ("不要垫付", "pay_ahead"),
        ("凡是要共享屏幕的", "share_screen"),
        ("never share your screen", "share_screen"),
    ],
)
def test_passed_over_when_denied(catalogue: Catalogue, text: str, name: str) -> None:
    assert name not in names(catalogue, text)


def test_a_denial_ends_with_its_clause(catalogue: Catalogue) -> None:
    assert "safe_account" in names(catalogue, "不要挂电话,转到安全账户")


def hit(group: str, weight: float, **kinds: float) -> Hit:
    signal = Signal(name=group, group=group, weight=weight, votes=kinds, meaning="")
    return Hit(signal=signal, start=0, end=1)


def with_combo(catalogue: Catalogue) -> float:
    return next(c.weight for c in catalogue.combos if c.groups == {"money", "posing"})


def test_signs_together_weigh_more_than_apart(catalogue: Catalogue) -> None:
    both = total([hit("money", 1.0), hit("posing", 1.0)], catalogue)

    assert both == pytest.approx(catalogue.bias + 2.0 + with_combo(catalogue))


def test_calm_counts_a_quarter_beside_a_hook(catalogue: Catalogue) -> None:
    alone = total([hit(CALM, -4.0)], catalogue)
    hooked = total([hit(CALM, -4.0), hit("contact", 0.0)], catalogue)

    assert alone == pytest.approx(catalogue.bias - 4.0)
    assert hooked == pytest.approx(catalogue.bias - 1.0)


def test_votes_add_up() -> None:
    assert votes([hit("a", 1.0, gov=1.0), hit("b", 1.0, gov=0.5, cs=2.0)]) == {
        "gov": 1.5,
        "cs": 2.0,
    }


def test_groups_in_combos_exist(catalogue: Catalogue) -> None:
    signals = (*catalogue.signals, *catalogue.marks.values())
    used: frozenset[str] = frozenset().union(*(c.groups for c in catalogue.combos))

    assert used <= {signal.group for signal in signals}
    assert all(isinstance(combo, Combo) for combo in catalogue.combos)


def test_a_sign_against_fraud_is_never_shown(catalogue: Catalogue) -> None:
    assert all(not s.meaning for s in catalogue.signals if s.group == CALM)
