"""An honour's page: the titles of one unit over the years, and what follows the end of a title."""

from uuid import uuid4

import pytest

from services.workflow.commands.honour_notices import announce_honours
from services.workflow.models import Honour
from services.workflow.wording.addresses import page_of as address_of
from tests.workflow import cast
from tests.workflow.web.desk import Desk, words

NOTICE = {"title": "取消称号公告", "text": "现予公告。"}


@pytest.fixture
def revoked(d):
    cast.take("honour", d.honour.pk, "open_rereview", d.people["office"], reason="到期")
    cast.take("honour", d.honour.pk, "propose_revocation", d.people["office"], reason="滑坡")
    cast.take("honour", d.honour.pk, "revoke", d.people["committee1"], reason="决定取消")
    return d


def page_of(d, who):
    return Desk(who).get(f"/honours/{d.honour.pk}")


def follows(page):
    return words(page).partition("后续事项")[2].partition("逐年情况")[0].partition("整改")[0]


def test_the_office_is_told_to_announce_a_revocation_and_by_when_the_plaque_has_to_come_back(revoked):
    page = page_of(revoked, "office")

    assert "取消称号尚未公告" in follows(page) and "剩余 10 个工作日 ，至 3月16日" in follows(page)
    assert f'href="/editions/{revoked.edition}/notices/of-revocation"' in page.text
    others = page_of(revoked, "committee1")
    assert "由主办单位拟定公告" in follows(others) and "/notices/of-revocation" not in others.text


def test_the_notice_that_was_drawn_up_is_shown_in_place_of_the_task(revoked):
    d, honour = revoked, revoked.honour.pk
    told = announce_honours(
        d.edition, [honour], subject="revocation", **NOTICE, by=d.people["office"], key=uuid4()
    )

    page = page_of(d, "office")

    assert f'<a href="{address_of("notice", told["notice"])}">取消称号公告</a>' in page.text
    assert "取消称号已拟公告" in follows(page) and "尚未公告" not in follows(page)


def test_a_plaque_that_is_back_is_told_with_its_day_and_who_brought_it(revoked):
    back = {"on": "2026-03-02", "returned_by": "温若竹"}
    cast.take("honour", revoked.honour.pk, "return_plaque", revoked.people["office"], **back)

    assert "奖牌已于 2026年3月2日 交回，交回人：温若竹" in follows(page_of(revoked, "office"))


def test_a_title_that_is_held_has_nothing_to_follow(d):
    assert "后续事项" not in words(page_of(d, "office"))


def test_in_the_inbox_a_title_that_ended_says_what_is_left_to_do(revoked):
    def shown():
        return words(Desk("office").get("/")).partition(revoked.honour.number)[2]

    before = shown()
    announce_honours(
        revoked.edition,
        [revoked.honour.pk],
        subject="revocation",
        **NOTICE,
        by=revoked.people["office"],
        key=uuid4(),
    )

    assert before.startswith("，待公告，奖牌待交回")
    assert shown().startswith("，奖牌待交回")


def test_each_title_of_a_unit_has_its_own_line_of_years(d):
    """It gave one title up, and holds another that passed to it when units merged."""
    first = d.honour
    cast.take("honour", first.pk, "relinquish", d.people["held"], reason="合并")
    cast.take("declaration", d.cases["naming"], "confer", d.people["office"])
    second = Honour.objects.get(unit_id=d.units["naming"])
    cast.take("honour", second.pk, "pass_on", d.people["committee1"], reason="两社区合并", to=d.units["held"])

    page = Desk("office").get(f"/honours/{second.pk}")

    years = words(page).partition("逐年情况")[2].partition("办理记录")[0]
    assert years.index(second.number) < years.index(first.number)
    assert f'<a href="/honours/{first.pk}">{first.title}</a>' in page.text
    assert "放弃" in years.partition(first.number)[2]
