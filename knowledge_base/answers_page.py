"""Every answer on one page, for a lawyer to read from top to bottom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge_base.entries import Draft, Status
from knowledge_base.hotlines import hotlines
from knowledge_base.notation import short_name

HEAD = """# 全部问答

给审阅的律师从头读到尾。由 `python -m bot kb answers` 从 `knowledge_base/faq/` 生成，不要直接改这一页；
怎么改见 [改一条回答](../howto/change-an-answer.md)。每处引用后面引号里的字，`kb lint` 已在条文原文里核对过。
"""


def answers_page(drafts: Iterable[Draft], titles: Mapping[str, str]) -> str:
    """Markdown of the entries by topic; ``titles`` names the intents, others keep their name."""
    topics: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        topics[draft.intent].append(draft)
    count = sum(len(found) for found in topics.values())
    waiting = sum(draft.status is Status.IN_REVIEW for found in topics.values() for draft in found)
    lines = [HEAD, f"共 {count} 条，{len(topics)} 类；其中 {waiting} 条待审，还不给市民看。\n"]
    for intent in sorted(topics):
        lines.append(f"## {titles.get(intent, intent)}（`{intent}`）\n")
        for draft in topics[intent]:
            lines += _entry(draft)
    return "\n".join(lines)


def _entry(draft: Draft) -> Sequence[str]:
    return [
        f"### {draft.title}{'（待审）' if draft.status is Status.IN_REVIEW else ''}\n",
        f"**问：{draft.question}**\n",
        f"也这样问：{'；'.join(draft.variants)}\n",
        f"{_paragraphs(draft.answer)}\n",
        "\n".join(f"- {line}" for line in _facts(draft)) + "\n",
        f"{_paragraphs(draft.detail)}\n",
        "\n".join(f"- {line}" for line in _sources(draft)) + "\n",
    ]


def _facts(draft: Draft) -> Iterator[str]:
    yield f"下一步：{draft.next_step}"
    if draft.time_limit:
        yield f"时限：{draft.time_limit}"
    known = hotlines()
    yield "电话：" + "、".join(f"{n} {known[n].name}" for n in draft.hotlines if n in known)


def _sources(draft: Draft) -> Iterator[str]:
    for cited in draft.citations:
        yield f"《{short_name(cited.law)}》{cited.article}：“{cited.key}”"
    until = f"，用到 {draft.valid_to}" if draft.valid_to else ""
    yield f"`{draft.id}`，{draft.checked_on} 核对{until}，依据 {draft.source}"


def _paragraphs(text: str) -> str:
    """Each line a paragraph of its own, as Markdown wants it."""
    return "\n\n".join(line for line in text.splitlines() if line.strip())
