"""The page of standing supervision: totals, calendar, cards, what is coming."""

import datetime as dt

import pytest

from tests.workflow import cast
from tests.workflow.web.desk import Desk, words

ADDRESS = "/supervision"


def review(d):
    cast.take("honour", d.honour.pk, "open_rereview", d.people["office"])


def test_a_held_title_counts_and_its_rereview_stands_in_its_month(d):
    due = d.honour.next_rereview_on

    page = Desk("office").get(f"{ADDRESS}?month={due:%Y-%m}")

    assert f'datetime="{due.isoformat()}"' in page.text
    assert f'href="/honours/{d.honour.pk}"' in page.text


@pytest.mark.parametrize(
    ("step", "tone"), [("warn", "warn"), ("order_rectification", "mend"), ("propose_revocation", "veto")]
)
def test_a_card_has_the_colour_of_its_gravity_and_its_cause(d, step, tone):
    review(d)
    cast.take("honour", d.honour.pk, step, d.people["office"], reason="居务公开逾期")

    page = Desk("office").get(ADDRESS)

    assert f'class="duty {tone}"' in page.text
    assert "居务公开逾期" in words(page)


def test_a_rectification_leads_to_its_own_page(d):
    review(d)
    cast.take("honour", d.honour.pk, "order_rectification", d.people["office"], reason="滑坡")

    assert 'href="/rectifications/' in Desk("office").get(ADDRESS).text


def test_a_coming_rereview_is_listed_three_months_ahead(d):
    due = d.honour.next_rereview_on
    cast.set_clock(dt.datetime(due.year, due.month, 1, 1, tzinfo=dt.UTC) - dt.timedelta(days=60))

    assert "held社区" in words(Desk("office").get(ADDRESS))


@pytest.mark.parametrize(
    ("who", "seen"), [("held", True), ("songxi", True), ("idle", False), ("north-office", False)]
)
def test_everyone_sees_their_own(d, who, seen):
    review(d)
    cast.take("honour", d.honour.pk, "warn", d.people["office"], reason="滑坡")

    assert ("held社区" in words(Desk(who).get(ADDRESS)).partition("待跟进")[2]) == seen


@pytest.mark.parametrize("who", ["audit-admin", "security-admin", "investigator"])
def test_it_is_not_for_those_who_supervise_nothing(d, who):
    assert Desk(who).get(ADDRESS).status_code == 403


@pytest.mark.parametrize("month", ["2026-13", "nonsense", "9999-99", ""])
def test_a_month_that_is_none_is_this_one(d, month):
    assert "2026年3月" in words(Desk("office").get(f"{ADDRESS}?month={month}"))


@pytest.mark.parametrize("more", [False, True])
def test_the_page_costs_the_same_with_one_honour_and_with_two(d, django_assert_num_queries, more):
    if more:
        cast.forward(d, [d.cases["naming"]], "naming")
    desk = Desk("office")

    desk.get(ADDRESS)  # a published definition is read once a process

    with django_assert_num_queries(QUERIES):
        desk.get(ADDRESS)


QUERIES = 21


def test_a_title_at_risk_is_listed_with_what_speaks_against_it(d):
    type(d.honour).objects.update(points="91.00")

    page = words(Desk("office").get(ADDRESS))

    assert "需要关注的称号" in page and "最近得分 91.00，接近达标线" in page


def test_the_calendar_is_a_list_where_its_address_says_so_and_stays_one_from_month_to_month(d):
    due = d.honour.next_rereview_on

    grid = Desk("office").get(f"{ADDRESS}?month={due:%Y-%m}")
    listed = Desk("office").get(f"{ADDRESS}?month={due:%Y-%m}&view=list")

    assert ('class="calendar hide-phone"' in grid.text, 'class="calendar' in listed.text) == (True, False)
    assert 'due-list only-phone"' in grid.text and 'due-list"' in listed.text
    row = words(listed).partition("到期事项")[2].partition("未来")[0]
    assert "2028年2月10日" in row and "held社区 应当启动复评" in row
    assert 'href="?month=2028-03&amp;view=list"' in listed.text and 'href="?month=2028-03"' in grid.text
    assert 'href="?month=2028-02&amp;view=list"' in grid.text


def test_a_month_without_anything_due_says_so(d):
    assert "本月没有到期事项" in words(Desk("office").get(f"{ADDRESS}?month=2031-05&view=list"))


def test_a_plaque_that_has_to_come_back_stands_in_the_calendar(d):
    cast.take("honour", d.honour.pk, "relinquish", d.people["held"], reason="放弃")

    assert "held社区 奖牌应当交回" in words(Desk("office").get(f"{ADDRESS}?view=list"))
