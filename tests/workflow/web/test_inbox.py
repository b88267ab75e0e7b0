"""The inbox: rows, lists, narrowing, and the part that a push fetches."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflow import cast
from tests.workflow.web.desk import Desk, words

STATEMENTS = 33


TITLE = '<span class="what-title"><a href="'


def listed(answer):
    """Where the titles of the rows lead, in their order."""
    return [part.split('"')[0] for part in answer.text.split(TITLE)[1:]]


def test_a_row_tells_unit_leg_fact_deadline_and_act(d):
    text = words(Desk("songxi").get("/"))

    assert "preliminary社区・街镇初评 自评 100.00 分，佐证 1/1 示例社区 2026年度 街镇初评" in text
    assert "剩余 10 个工作日 至 3月16日 上报" in text


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("songxi", {"cases"}),
        ("dep-police", {"tasks"}),
        ("begun", {"declarations"}),
        ("guihua", set()),
        ("north-office", set()),
        ("audit-admin", set()),
    ],
)
def test_everybody_finds_their_own_work_and_nobody_elses(d, who, pages):
    assert {address.split("/")[1] for address in listed(Desk(who).get("/"))} == pages


def test_an_empty_inbox_says_what_to_do(d):
    assert "没有待办事项" in words(Desk("guihua").get("/"))


def test_a_unit_is_led_to_its_form(d):
    assert f'href="/declarations/{d.cases["begun"]}"' in Desk("begun").get("/").text


def test_the_office_is_led_to_slate_and_notice(d):
    shown = Desk("office").get("/").text

    assert f'href="/editions/{d.edition}/slates/new?leg=2"' in shown
    assert f'href="/editions/{d.edition}/notices/new"' in shown


def test_the_part_brings_rows_badge_and_counts_and_nothing_else(d):
    shown = Desk("songxi").get("/inbox/rows").text

    assert shown.startswith('<div id="inbox-rows"') and "<html" not in shown
    assert 'id="inbox-badge" data-badge="inbox" hx-swap-oob="true">1<' in shown
    assert 'id="tab-waiting" hx-swap-oob="true">1<' in shown


def test_the_page_follows_its_office_from_the_place_it_was_read_at(d):
    by = d.people["songxi"]
    shown = Desk("songxi").get("/").text

    assert f'data-topics="user:{by.member_id} unit:{by.unit_id}"' in shown and 'data-live-since="' in shown
    assert 'data-live-fragment="/inbox/rows?' in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=preliminary", {"preliminary"}),
        ("q=PRELIM", {"preliminary"}),
        ("q=%25", set()),
        ("q=nobody", set()),
        ("due=late", set()),
        ("due=soon", set()),
        ("kind=objection", set()),
        ("kind=declaration", {"preliminary"}),
        ("edition=999", set()),
        ("edition=nonsense", {"preliminary"}),
        ("town=999", set()),
    ],
)
def test_the_address_narrows_the_rows(d, query, found):
    expected = [f"/cases/{d.cases[code]}" for code in found]

    assert listed(Desk("songxi").get(f"/?{query}")) == expected


def test_late_work_is_counted_and_comes_first(d):
    cast.file(d, "idle")
    cast.set_clock(cast.NOW + dt.timedelta(days=14, hours=16))
    d.case("idle").__class__.objects.filter(pk=d.cases["idle"]).update(
        due_at=cast.NOW + dt.timedelta(days=30)
    )

    shown = Desk("songxi").get("/")

    assert "超期 1" in words(shown)
    assert listed(Desk("songxi").get("/?due=late")) == [f"/cases/{d.cases['preliminary']}"]
    assert listed(shown) == [f"/cases/{d.cases[code]}" for code in ("preliminary", "idle")]


def test_what_one_handled_is_listed_newest_first_once_a_case(d):
    cast.take("declaration", d.cases["preliminary"], "return", d.people["songxi"], reason="缺照片")

    shown = Desk("songxi").get("/?tab=handled")

    assert listed(shown).count(f"/cases/{d.cases['preliminary']}") == 1
    assert "退回补正" in words(shown)


def test_what_an_office_set_going_is_listed(d):
    shown = words(Desk("office").get("/?tab=begun"))

    assert "名单第 1 号" in shown and "公示" in shown
    assert "我发起的" not in words(Desk("audit-admin").get("/"))


def test_a_cursor_that_is_none_is_no_fault_of_ours(d):
    assert Desk("songxi").get("/?after=nonsense").status_code == 400


def test_the_number_of_statements_does_not_grow_with_rows(d):
    desk, counts = Desk("songxi"), []
    desk.get("/")
    for more in ([], ["idle", "begun2"]):
        for code in more:
            cast.file(d, "idle") if code == "idle" else filed(d, "begun")
        with CaptureQueriesContext(connection) as asked:
            rows = listed(desk.get("/"))
        counts.append((len(rows), len(asked)))

    assert counts == [(1, STATEMENTS), (3, STATEMENTS)]


def filed(d, code):
    cast.complete(d, code)
    cast.take("declaration", d.cases[code], "submit", d.people[code])
