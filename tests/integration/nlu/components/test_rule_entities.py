"""The component in Rasa's own Python gives the entities that our process finds."""

from __future__ import annotations

import json
import subprocess

from core.clock import utc_now
from nlu.entities import entities_today
from nlu.server.environment import rasa_environment, rasa_python
from nlu.training import ROOT

TEXTS = ["昨天欠我３．５万 电话13800000000", "你好", ""]
IN_RASAS_PYTHON = """
import json, sys
from rasa.shared.nlu.training_data.message import Message
from nlu.components.rule_entities import RuleEntities
component = RuleEntities.create({}, None, None, None)
messages = component.process([Message.build(text) for text in json.load(sys.stdin)])
json.dump([m.as_dict(only_output_properties=True)["entities"] for m in messages], sys.stdout)
"""


def test_it_finds_what_we_find() -> None:
    ran = subprocess.run(
        [rasa_python(), "-c", IN_RASAS_PYTHON],
        input=json.dumps(TEXTS),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=rasa_environment(),
        check=True,
        timeout=120,
    )

    assert json.loads(ran.stdout) == [
        [
            {
                "entity": e.name,
                "value": e.value,
                "start": e.start,
                "end": e.end,
                "extractor": "RuleEntities",
            }
            for e in entities_today(text, utc_now)
        ]
        for text in TEXTS
    ]
