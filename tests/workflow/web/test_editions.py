"""Editions: listed, begun in, opened."""

import datetime as dt

import pytest

from services.workflow.models import Declaration, Edition, Unit
from tests.workflow import cast
from tests.workflow.web.desk import Desk, summary, words

WINDOW = {"year": "2027", "opens_on": "2027-03-01", "closes_on": "2027-04-10"}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("idle", "示例社区 2026年度 申报中"),
        ("preliminary", "示例社区 2026年度 初评"),
        ("office", "个单位"),
        ("north-office", "没有"),
    ],
)
def test_everybody_sees_the_editions_of_their_district(d, who, seen):
    assert seen in words(Desk(who).get("/editions"))


def test_a_unit_begins_after_it_was_told_what_is_asked(d):
    desk = Desk("idle")
    shown = words(desk.get(f"/editions/{d.edition}/begin"))
    answer = desk.send(f"/editions/{d.edition}/begin")

    begun = Declaration.objects.get(unit=d.units["idle"])
    assert "共 4 条标准，满分 100 分，90 分（含）以上达标" in shown and "songxi社区" in shown
    assert (answer["Location"], begun.stage) == (f"/declarations/{begun.pk}", "draft")


def test_a_unit_begins_once(d):
    answer = Desk("preliminary").send(f"/editions/{d.edition}/begin")

    assert (answer.status_code, len(summary(answer))) == (409, 1)


def test_a_town_begins_nothing(d):
    answer = Desk("songxi").send(f"/editions/{d.edition}/begin")

    assert (answer.status_code, Declaration.objects.filter(unit=d.units["songxi"]).exists()) == (403, False)


def test_the_office_opens_an_edition_from_the_first_midnight_to_the_last(d):
    answer = Desk("office").send("/editions/new", programme=str(d.programme), **WINDOW)

    made = Edition.objects.get(year=2027)
    assert answer["Location"] == f"/editions/{made.pk}"
    assert (made.opens_at, made.closes_at) == (
        dt.datetime(2027, 2, 28, 16, tzinfo=dt.UTC),
        dt.datetime(2027, 4, 10, 16, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"year": "20x"}, 422),
        ({"opens_on": "1 March"}, 422),
        ({"closes_on": "2027-02-01"}, 422),
        ({"programme": "999"}, 422),
        ({"closes_on": ""}, 422),
        ({"year": "2026"}, 409),
    ],
)
def test_a_bad_edition_is_refused_and_what_was_typed_is_kept(d, change, status):
    sent = {"programme": str(d.programme), **WINDOW, **change}

    answer = Desk("office").send("/editions/new", **sent)

    assert (answer.status_code, Edition.objects.count(), len(summary(answer))) == (status, 1, 1)
    assert f'value="{sent["opens_on"]}"' in answer.text


@pytest.mark.parametrize("who", ["songxi", "idle", "north-office"])
def test_only_the_host_opens_editions(d, who):
    assert Desk(who).get("/editions/new").status_code == 403


def test_an_edition_for_other_kinds_of_unit_says_so_in_the_list(d):
    Unit.objects.filter(pk=d.units["idle"]).update(kind="party_organisation")

    page = words(Desk("idle").get("/editions"))

    assert ("本单位不在申报范围" in page, "开始申报" in page) == (True, False)


def test_an_edition_that_is_over_begins_nothing(d):
    cast.set_clock(cast.CLOSES)

    shown = Desk("idle").get("/editions")

    assert "申报已截止" in words(shown) and f'href="/editions/{d.edition}/begin"' in shown.text
