from __future__ import annotations

import yaml

from benchmarks.peer.assistant import ACTION, HERE, domain, environment, rules


def test_domain_has_one_action_and_all_names_in_order() -> None:
    assert domain({"b", "a"}, {"date"}) == {
        "version": "3.1",
        "intents": ["a", "b"],
        "entities": ["date"],
        "actions": [ACTION],
    }


def test_every_intent_and_the_fallback_has_its_rule() -> None:
    found = rules({"greet"})["rules"]
    assert [rule["steps"] for rule in found] == [
        [{"intent": "greet"}, {"action": ACTION}],
        [{"intent": "nlu_fallback"}, {"action": ACTION}],
    ]


def test_the_peer_is_stock() -> None:
    config = yaml.safe_load((HERE / "config.yml").read_text("utf-8"))
    names = [component["name"] for component in config["pipeline"]]
    assert "DIETClassifier" in names
    assert not [name for name in names if name.startswith("nlu.")]


def test_environment_keeps_the_peer_on_loopback_and_silent() -> None:
    found = environment()
    assert (found["SANIC_HOST"], found["RASA_TELEMETRY_ENABLED"]) == ("127.0.0.1", "false")
