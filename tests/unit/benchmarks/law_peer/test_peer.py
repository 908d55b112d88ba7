from __future__ import annotations

from benchmarks.law_peer.peer import Answer, read_answers


def test_the_lines_it_prints_are_read() -> None:
    output = '{"load_seconds": 1.5}\n{"articles": [["民法典", "第一条"]], "ms": 40.0}\n'
    assert read_answers(output) == ([Answer(articles=[("民法典", "第一条")], ms=40.0)], 1.5)
