"""Dialogues as a lawyer writes them in YAML, read into values; unknown words are refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
TABLE = "every_intent.yml"
EXPECTATIONS = {
    "意图": "intent",
    "含": "contains",
    "不含": "lacks",
    "按钮": "buttons",
    "法条": "articles",
    "状态": "status",
    "几条": "count",
    "谁听": "parser",
    "信访件": "petitions",
    "语言": "language",
    "文件": "files",
    "附件": "attached",
}
# 过了: 三天 lets time pass; Rasa: 断了 / 回来了 takes Rasa away and brings it back; 名册: 导入 gives the
# bot the demo directory of offices, which it has not got otherwise. 网格: 名字 makes a grid, whose code is
# {绑定码} from then on. 照片: 2 is two pictures of the citizen's without a word, 照片: 门口堵了 one with
# these words under it.
# 值班: 工作日 09:00-17:30 puts a duty plan with these hours into force, and nobody has a page open.
# 记下被骗: 类型 has staff write a fraud report down for this citizen, whose receipt they then have.
# 核实: 号码 has staff confirm a reported thing, by its one spelling.
# 经办: 命令 字段=值 … takes a step with the case of the last receipt, as those who handle it do.
SPEAKERS = frozenset(
    [
        "民",
        "照片",
        "工作人员",
        "工作人员结束",
        "经办",
        "记下被骗",
        "核实",
        "过了",
        "Rasa",
        "名册",
        "网格",
        "值班",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What must be true of everything the bot answers to one line; None asks nothing.

    ``parser`` is who read the line; ``petitions`` how many this citizen has filed by now;
    ``language`` what all of it is worded in; ``files`` the names of all documents given;
    ``attached`` how many pictures their cases have.
    """

    intent: str | None = None
    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    status: str | None = None
    count: int | None = None
    parser: str | None = None
    petitions: int | None = None
    language: str | None = None
    files: tuple[str, ...] | None = None
    attached: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: who speaks, what, and what has to come of it."""

    speaker: str
    text: str
    expected: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """One dialogue with the title its file gives it; ``name`` is ``fraud-3``."""

    name: str
    title: str
    lines: tuple[Line, ...]

    @property
    def intents(self) -> set[str]:
        """The intents that some line must be read as."""
        return {line.expected.intent for line in self.lines if line.expected.intent}


def dialogues() -> list[Dialogue]:
    """Every dialogue of every file of the folder."""
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        if path.name != TABLE:
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
            found += [
                _dialogue(f"{path.stem}-{number}", title, lines)
                for number, (title, lines) in enumerate(document.items(), 1)
            ]
    return found


def intent_table() -> dict[str, str]:
    """One ordinary message for each intent."""
    table: dict[str, str] = yaml.safe_load((FOLDER / TABLE).read_text(encoding="utf-8"))
    return table


def _dialogue(name: str, title: str, lines: list[dict[str, Any]]) -> Dialogue:  # Any: YAML
    return Dialogue(name=name, title=title, lines=tuple(_line(title, line) for line in lines))


def _line(title: str, line: dict[str, Any]) -> Line:  # Any: YAML
    speakers = sorted(SPEAKERS & line.keys())
    if len(speakers) != 1 or line.keys() - SPEAKERS - {"机"}:
        raise ValueError(f"{title}: 每一行写一个“民”或“工作人员”，再写“机”：{line}")
    speaker = speakers[0]
    return Line(
        speaker=speaker,
        text=_said(line[speaker]),
        expected=_expected(title, line.get("机") or {}),
    )


def _said(text: str | int | dict[str, Any]) -> str:  # Any: YAML
    """``{重复: 劳动, 次数: 3}`` stands for a long text; other text is said as it stands.

    ``{编号}`` and ``{查询码}`` in it are what the last receipt of the dialogue said.
    """
    return text["重复"] * text["次数"] if isinstance(text, dict) else str(text)


def _expected(title: str, given: dict[str, Any]) -> Expected:  # Any: YAML
    unknown = given.keys() - EXPECTATIONS.keys()
    if unknown:
        raise ValueError(f"{title}: 不认识的要求 {sorted(unknown)}")
    values: dict[str, Any] = {  # Any: YAML
        EXPECTATIONS[key]: tuple(map(str, value)) if isinstance(value, list) else value
        for key, value in given.items()
    }
    return Expected(**values)
