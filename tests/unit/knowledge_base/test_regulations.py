from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.errors import BadData
from knowledge_base.regulations import printed_name, read_regulation

TEXT = """# 中华人民共和国劳动合同法实施条例

2008年9月3日 通过

<!-- INFO END -->

## 第一章 总则

第一条 为了贯彻实施劳动合同法，制定本条例。

第二条 各级人民政府应当采取措施：

（一）宣传；

（二）监督。

## 第二章 附则

第三条 依照第一条的规定，自公布之日起施行。
"""


def test_articles_are_read_with_their_paragraphs(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(TEXT, encoding="utf-8")
    regulation = read_regulation(file)
    assert regulation.law == "劳动合同法实施条例"
    assert dict(regulation.articles) == {
        "第一条": "为了贯彻实施劳动合同法，制定本条例。",
        "第二条": "各级人民政府应当采取措施：\n（一）宣传；\n（二）监督。",
        "第三条": "依照第一条的规定，自公布之日起施行。",
    }
    assert regulation.holds("第二条", "（二） 监督")
    assert not regulation.holds("第三条", "监督")


@pytest.mark.parametrize("text", ["第一条 没有标题。", "# 标题\n没有条文"])
def test_a_text_without_title_or_articles_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "b.md"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadData, match=r"b\.md"):
        read_regulation(file)


def test_interpretations_have_a_printed_name() -> None:
    title = "最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（二）"
    assert printed_name(title) == "民法典婚姻家庭编解释（二）"
