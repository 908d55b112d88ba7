from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.sniffing import JPEG, LONGEST_NAME, MP4, PDF, PNG, WEBP, FileType, safe_name, sniff

JPEG_BYTES = b"\xff\xd8\xff\xe0\x00\x10JFIF"
SAMPLES = (
    (JPEG_BYTES, JPEG),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", PNG),
    (b"RIFF\x24\x00\x00\x00WEBPVP8 ", WEBP),
    (b"%PDF-1.7\n", PDF),
    (b"\x00\x00\x00\x18ftypmp42", MP4),
)


@pytest.mark.parametrize(("content", "kind"), SAMPLES)
def test_a_file_is_what_its_first_bytes_say(content: bytes, kind: FileType) -> None:
    assert sniff(content) is kind
    assert sniff(content[:3]) in {None, JPEG}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"PK\x03\x04",
        b"MZ\x90\x00",
        b"GIF89a",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"XXXX\x24\x00\x00\x00WEBPVP8 ",
        b"\x00\x00\x00\x18ftypqt  ",
        b"  %PDF-1.7",
    ],
)
def test_nothing_else_is_taken(content: bytes) -> None:
    assert sniff(content) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("楼道.jpg", "楼道.jpg"),
        ("C:\\Users\\me\\photo.PNG", "photo.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("a\u202egpj.exe", "agpj.jpg"),
        ("x\x00y\n.jpg", "xy.jpg"),
        ("＜b＞.png", "b.jpg"),
        ("...", "file.jpg"),
        ("", "file.jpg"),
        ("长" * 200, "长" * LONGEST_NAME + ".jpg"),
    ],
)
def test_a_name_is_shown_without_harm(name: str, shown: str) -> None:
    assert safe_name(name, JPEG) == shown


@given(st.text(max_size=300))
def test_any_name_is_short_and_has_the_ending_of_what_it_is(name: str) -> None:
    shown = safe_name(name, PDF)

    assert shown.endswith(".pdf")
    assert 5 <= len(shown) <= LONGEST_NAME + 4
    assert not set(shown) & set('/\\<>"\u202e\u2066\x00\n')
