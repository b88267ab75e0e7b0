"""A rectification, from the plan to its acceptance."""

import pytest

from services.workflow.models import Honour, Rectification
from tests.workflow import cast
from tests.workflow.web.desk import Desk, hidden, words


@pytest.fixture
def address(d):
    by = d.people["office"]
    cast.take("honour", d.honour.pk, "open_rereview", by)
    cast.take(
        "honour", d.honour.pk, "order_rectification", by, reason="滑坡", points_text="补齐台账\n公开居务"
    )
    return f"/rectifications/{Rectification.objects.get().pk}"


def status():
    return Rectification.objects.get().status


def reported(d):
    number = Rectification.objects.get().pk
    cast.take("rectification", number, "plan", d.people["held"], plan="分两步")
    cast.take("rectification", number, "report", d.people["held"], report="都已完成")


def test_the_unit_reads_what_to_put_right_and_hands_in_its_plan(address):
    desk = Desk("held")
    page = words(desk.get(address))
    empty = desk.send(f"{address}/plan", plan=" ")
    desk.send(f"{address}/plan", plan="分两步")

    assert ("补齐台账" in page, "公开居务" in page, empty.status_code, status()) == (
        True,
        True,
        422,
        "planned",
    )


def test_the_unit_reports(d, address):
    cast.take("rectification", Rectification.objects.get().pk, "plan", d.people["held"], plan="分两步")

    Desk("held").send(f"{address}/report", report="都已完成")

    assert status() == "reported"


def test_the_office_extends_the_deadline(address):
    before = Rectification.objects.get().deadline_on
    Desk("office").send(f"{address}/extend", working_days="5", reason="春节停工")

    assert Rectification.objects.get().deadline_on > before


def test_the_office_accepts_and_the_title_is_held_again(d, address):
    reported(d)

    Desk("office2").send(f"{address}/accept", reason="已复查")

    assert (status(), Honour.objects.get().status) == ("accepted", "held")


def test_the_office_rejects_with_a_reason(d, address):
    reported(d)
    desk = Desk("office2")
    silent = desk.send(f"{address}/reject", reason="")
    desk.send(f"{address}/reject", reason="仍不达标")

    assert (silent.status_code, status()) == (422, "rejected")


def test_the_office_sees_both_ways(d, address):
    reported(d)

    shown = Desk("office2").get(address).text

    assert (f'action="{address}/accept"' in shown, f'href="{address}/reject"' in shown) == (True, True)


def test_whoever_ordered_it_reads_why_another_inspects(d, address):
    reported(d)

    page = Desk("office").get(address)

    assert ('id="step"' in page.text, "须由本单位其他人员复查" in words(page)) == (False, True)


@pytest.mark.parametrize(("who", "status"), [("held", 200), ("office", 200), ("idle", 404)])
def test_the_order_is_read_by_those_concerned(d, address, who, status, monkeypatch):
    monkeypatch.setattr("services.workflow.documents.making.render", lambda paper: paper.title[1].encode())

    answer = Desk(who).get(f"{address}/order.pdf")

    assert answer.status_code == status
    if status == 200:
        assert answer.content.decode() == "关于held社区限期整改的通知"
        assert f'href="{address}/order.pdf"' in Desk(who).get("/documents").text


@pytest.mark.parametrize("who", ["songxi", "dep-org", "committee1"])
def test_others_look_and_do_not_act(address, who):
    page = Desk(who).get(address)

    assert (page.status_code, 'id="step"' in page.text) == (200, False)


@pytest.mark.parametrize("who", ["idle", "guihua", "north-office"])
def test_it_does_not_exist_for_strangers(address, who):
    assert Desk(who).get(address).status_code == 404


def test_the_wrong_office_cannot_post_a_step(d, address):
    drawn = hidden(Desk("held").get(address))

    answer = Desk("songxi").post(f"{address}/plan", **drawn, plan="代写")

    assert (answer.status_code, status()) == (403, "ordered")


def test_what_was_typed_stays_where_somebody_was_first(d, address):
    desk = Desk("held")
    drawn = hidden(desk.get(address))
    cast.take(
        "rectification",
        Rectification.objects.get().pk,
        "extend",
        d.people["office"],
        reason="停工",
        working_days=5,
    )

    answer = desk.post(f"{address}/plan", **drawn, plan="我的方案")

    assert answer.status_code == 409
    assert ('class="overtaken"' in answer.text, "我的方案" in answer.text) == (True, True)
