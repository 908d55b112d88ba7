"""Addresses are found in any dress and their oddities named, without opening them."""

from __future__ import annotations

import pytest

from antifraud.links import Link, LinkReader
from antifraud.normal import normalise


@pytest.fixture(scope="session")
def reader() -> LinkReader:
    return LinkReader.load()


def only(reader: LinkReader, text: str) -> Link:
    (link,) = reader.find(normalise(text))
    return link


@pytest.mark.parametrize(
    ("text", "host", "marks"),
    [
        ("点击 gjj-sz.vip 核验", "gjj-sz.vip", {"link_suffix", "link_brand", "link_unknown"}),
        ("ylbz-cn.top重新激活", "ylbz-cn.top", {"link_suffix", "link_brand", "link_unknown"}),
        ("登录 evil［点］top 看看", "evil.top", {"link_disguised", "link_suffix", "link_unknown"}),
        ("evil点top", "evil.top", {"link_disguised", "link_suffix", "link_unknown"}),
        ("evil[.]top/x", "evil.top", {"link_disguised", "link_suffix", "link_unknown"}),
        ("ｅｖｉｌ．ｔｏｐ", "evil.top", {"link_disguised", "link_suffix", "link_unknown"}),
        ("http://t.cn/A6xyz", "t.cn", {"link_short", "link_unknown"}),
        ("http://120.48.33.7/cj", "120.48.33.7", {"link_ip", "link_suffix", "link_unknown"}),
        ("http://news.org/a.apk", "news.org", {"link_apk", "link_unknown"}),
        ("https://taoba0.com", "taoba0.com", {"link_brand", "link_unknown"}),
        ("https://icbc.com.cn@evil.com/x", "evil.com", {"link_userinfo", "link_unknown"}),
        ("https://www.icbc.com.cn/", "www.icbc.com.cn", {"link_official"}),
        ("http://sjj.suzhou.gov.cn", "sjj.suzhou.gov.cn", {"link_official"}),
        ("https://jdаt.com/id", "jdat.com", {"link_disguised", "link_unknown"}),
        (
            "https://xn--pple-43d.com",
            "xn--pple-43d.com",
            {"link_punycode", "link_brand", "link_unknown"},
        ),
        ("ｗｗｗ．ｉｃｂｃ．ｃｏｍ．ｃｎ", "www.icbc.com.cn", {"link_disguised", "link_official"}),
        (
            "【工商银行】 积分见 gift.org",
            "gift.org",
            {"link_not_theirs", "link_unknown"},
        ),
    ],
)
def test_marks(reader: LinkReader, text: str, host: str, marks: set[str]) -> None:
    link = only(reader, text)

    assert link.host == host
    assert set(link.marks) == marks


@pytest.mark.parametrize(
    "text",
    [
        "余额5,632.18元",
        "明天8点30到",
        "版本1.2.3",
        "写信到 someone@qq.com",
        "好的。谢谢",
        "G7001次3.5折",
    ],
)
def test_what_is_no_address(reader: LinkReader, text: str) -> None:
    assert reader.find(normalise(text)) == ()


def test_a_span_points_to_the_original(reader: LinkReader) -> None:
    text = "请登录 ｗｗｗ．ｅｖｉｌ．ｔｏｐ ，谢谢"
    normal = normalise(text)
    (link,) = reader.find(normal)

    assert normal.quote(link.start, link.end) == "ｗｗｗ．ｅｖｉｌ．ｔｏｐ"


def test_a_cyrillic_twin_is_not_official(reader: LinkReader) -> None:
    marks = only(reader, "https://аpple.com/id").marks

    assert "link_official" not in marks
    assert {"link_brand", "link_disguised"} <= set(marks)
