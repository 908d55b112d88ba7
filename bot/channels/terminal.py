"""The terminal as a channel: the call that asks also claims and prints its replies."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.channels.render import PAGE, in_lines, links
from bot.qr import as_blocks
from core.messages import Parse, Reply

NAME = "terminal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A message with how it was read and what came back."""

    text: str
    parse: Parse
    replies: tuple[Reply, ...]
    status: str
    elapsed_ms: float

    def as_json(self) -> dict[str, Any]:  # Any: JSON
        """The object that ``ask --json`` prints."""
        sources = (r.source or "" for r in self.replies)
        case = next((s.removeprefix("case:") for s in sources if s.startswith("case:")), None)
        return {
            "text": self.text,
            "intent": self.parse.intent,
            "confidence": round(self.parse.confidence, 4),
            "parser": self.parse.parser,
            "entities": [{"name": e.name, "value": e.value} for e in self.parse.entities],
            "replies": [_reply(r) for r in self.replies],
            "status": self.status,
            "case": case,
            "elapsed_ms": round(self.elapsed_ms, 1),
        }


def as_line(answered: Answered) -> str:
    """One line of JSON."""
    return json.dumps(answered.as_json(), ensure_ascii=False)


def as_text(answered: Answered, *, base: str = "") -> str:
    """The replies as a person reads them, buttons in brackets, pages with a code to scan.

    ``base`` is the server's address.
    """
    blocks = []
    for reply in answered.replies:
        titles = "".join(f"〔{q.title}〕" for q in reply.quick_replies)
        codes = [as_blocks(base + a.url) for a in reply.attachments if a.kind == PAGE and a.url]
        parts = (in_lines(reply), *links(reply, base), *codes, titles)
        blocks.append("\n".join(part for part in parts if part))
    return "\n\n".join(blocks) + "\n"


def _reply(reply: Reply) -> dict[str, Any]:  # Any: JSON
    return {
        "text": in_lines(reply),
        "quick_replies": [asdict(q) for q in reply.quick_replies],
        "citations": [
            {"law": c.law, "article": c.article, "quote": c.quote, "in_force": c.in_force}
            for c in reply.citations
        ],
        "attachments": [asdict(a) for a in reply.attachments],
    }
