"""What is posted becomes a report, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from cases.open311.errors import BadRequest
from cases.open311.offers import Answers, Offer, catalogue
from cases.open311.reports import LATITUDES, LONGITUDES, Report, read_report
from cases.orders import Place

HAZARD = {
    "lat": "31.3", "long": "120.6", "attribute[district]": "320508", "attribute[sort]": "fire",
}  # fmt: skip
PETITION = {"attribute[district]": "320508", "description": "电梯停用三周。"}


def nowhere(address: str) -> str | None:
    return None


def offer(code: str) -> Offer:
    found = catalogue().by_code(code)
    assert found is not None
    return found


def read(fields: dict[str, str], code: str = "hazard", **more: str) -> Report:
    """Read a report; what is blank was not posted, and no address names a district."""
    return read_there(fields | more, nowhere, code)


def read_there(
    fields: dict[str, str], area_in: Callable[[str], str | None], code: str = "hazard"
) -> Report:
    posted = {name: [value] for name, value in fields.items() if value}
    return read_report(offer(code), posted, area_in)


def faults(fields: dict[str, str], code: str = "hazard", **more: str) -> list[str]:
    with pytest.raises(BadRequest) as refused:
        read(fields, code, **more)
    return [fault.name for fault in refused.value.faults]


def test_a_report_says_where_and_what_sort_it_is() -> None:
    report = read(HAZARD, address_string="某某路 8 号", description=" 堵了\r\n。 ")

    assert (report.district, report.sub_kind) == ("320508", "fire")
    assert report.place == Place(words="某某路 8 号", latitude=31.3, longitude=120.6)
    assert report.description == "堵了\r\n。"
    assert report.client_id is None


def test_staff_decide_what_a_petition_is() -> None:
    assert read(PETITION, "petition").sub_kind == "claim"


@pytest.mark.parametrize(
    ("last", "first", "name"),
    [("欧阳", "小明", "欧阳小明"), ("Wang", "Xiaoming", "Xiaoming Wang"), ("王", "", "王")],
)
def test_a_chinese_name_has_its_family_name_first(last: str, first: str, name: str) -> None:
    report = read(HAZARD, last_name=last, first_name=first, email="a@example.org")

    assert report.person == {"who": name, "email": "a@example.org"}


def test_a_black_box_takes_no_name() -> None:
    posted = {name: [value] for name, value in (HAZARD | {"phone": "13900000000"}).items()}
    silent = replace(offer("hazard"), answers=Answers.BLACKBOX)

    assert read_report(silent, posted, nowhere).person == {}


def test_the_home_of_a_petitioner_is_kept_with_the_name() -> None:
    report = read(PETITION | {"attribute[home]": "某某新村"}, "petition", phone="13900000000")

    assert report.person == {"phone": "13900000000", "home": "某某新村"}


def test_the_address_may_name_the_district() -> None:
    def area_in(address: str) -> str | None:
        return "320583" if "昆山" in address else None

    there = {"attribute[district]": "", "address_string": "昆山市某某路"}
    assert read_there(HAZARD | there, area_in).district == "320583"
    # What was chosen counts more than what was read.
    assert read_there(HAZARD | {"address_string": "昆山路 1 号"}, area_in).district == "320508"


@pytest.mark.parametrize("where", ["address_string", "address_id"])
def test_any_of_three_ways_says_where(where: str) -> None:
    without = {k: v for k, v in HAZARD.items() if k not in {"lat", "long"}}

    assert read(without, **{where: "A-17"}).place.latitude is None
    assert faults(without) == ["nowhere"]
    assert read(PETITION, "petition").place == Place()


def test_the_edges_of_the_box_are_in_suzhou() -> None:
    for latitude in LATITUDES:
        for longitude in LONGITUDES:
            assert read(HAZARD, lat=str(latitude), long=str(longitude)).place.latitude == latitude
    assert faults(HAZARD, lat="32.100001") == ["not_suzhou"]
    assert faults(HAZARD, long="119.899999") == ["not_suzhou"]


@pytest.mark.parametrize("value", ["nan", "inf", "1e2", "31,3", "３１.3", "31.3°", "0x1f"])
def test_degrees_are_plain_numbers(value: str) -> None:
    assert faults(HAZARD, lat=value) == ["not_a_number"]


@pytest.mark.parametrize(
    "text",
    ["<b>急</b>", "<script>x", "</p>", "<!-- 急", "<br/>", "看 <a href=x>", "<!DOCTYPE html>"],
)
def test_html_is_refused(text: str) -> None:
    assert faults(HAZARD, description=text) == ["html"]


@pytest.mark.parametrize("text", ["3 < 4", "a<b", "<1 米", "5>4", "<<紧急>>", "<中文>"])
def test_signs_that_are_no_html_are_taken(text: str) -> None:
    assert read(HAZARD, description=text).description == text


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = {
        "lat": "", "attribute[sort]": "ghost", "media_url": "javascript:alert(1)",
        "client_id": "with blank", "email": "a" * 121,
    }  # fmt: skip

    assert sorted(faults(HAZARD | wrong)) == [
        "bad_id", "half_a_point", "not_a_link", "not_listed", "too_long",
    ]  # fmt: skip


def test_a_petition_says_what_it_is_about() -> None:
    assert faults(PETITION, "petition", description="\x00 ") == ["missing"]
    assert read(HAZARD, description="").description == ""


@pytest.mark.parametrize(
    "link",
    [
        "ftp://example.org/a.jpg",
        "javascript:alert(1)",
        "//example.org/a.jpg",
        "https://12345.gov.example@evil.example/a.jpg",
        "https:///a.jpg",
        "https://example.org/a b",
        "https://example.org/\u202egpj.exe",
        'https://example.org/"onclick',
        "https://例子.example/a.jpg",
    ],
)
def test_a_link_that_hides_where_it_leads_is_refused(link: str) -> None:
    assert faults(HAZARD, media_url=link) == ["not_a_link"]


def test_a_link_has_2000_characters_at_most() -> None:
    link = "http://example.org/".ljust(2000, "a")

    assert read(HAZARD, media_url=link).details["media_url"] == link
    assert faults(HAZARD, media_url=link + "a") == ["too_long"]


def test_a_link_is_kept_for_staff_and_never_fetched() -> None:
    report = read(HAZARD, media_url="https://example.org/a.jpg?x=1", address_id="A-17")

    assert report.details["media_url"] == "https://example.org/a.jpg?x=1"
    assert report.details["address_id"] == "A-17"
