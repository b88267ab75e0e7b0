"""A case goes back to a chosen earlier leg with a list of what to put right, which whoever corrects it sees."""

import datetime as dt

import pytest

from services.workflow.models import Correction, Declaration
from tests.workflow import measured
from tests.workflow.cast import NOW, set_clock, take
from tests.workflow.web.desk import Desk, words


@pytest.fixture
def case(d):
    """Before the office, which may send it back to the town or to the unit."""
    return measured.both(d)[1]


def test_the_leg_is_chosen_and_the_criteria_are_ticked(d, case):
    desk = Desk("office")

    form = desk.get(f"/cases/{case}/return")
    sent = desk.send(
        f"/cases/{case}/return",
        to="town_check",
        reason="请核实",
        **{"fix-1.2": "1", "fix-note-1.2": "核对名册", "fix-note-2.1": "补平面图"},
    )

    row = Declaration.objects.get(pk=case)
    told = words(Desk("songxi").get(f"/cases/{case}"))
    assert 'value="declare"' in form.text and "街道自查（songxi社区）" in words(form)
    assert 'name="fix-2.2"' not in form.text
    assert (sent.status_code, row.leg, row.stage) == (302, 1, "preliminary_review")
    assert list(Correction.objects.order_by("position").values_list("part", "note")) == [
        ("1.2", "核对名册"), ("2.1", "补平面图"),
    ]  # fmt: skip
    assert "评估验收要求街道自查更正" in told and "尚未改 1.2 联系卡 ：核对名册" in told


def test_the_unit_sees_what_to_correct_and_what_it_has_changed(d, case):
    Desk("office").send(f"/cases/{case}/return", to="declare", reason="请核实", **{"fix-1.2": "1"})
    desk = Desk("idle")

    before = words(desk.get(f"/declarations/{case}"))
    set_clock(NOW + dt.timedelta(hours=1))
    desk.send(
        f"/declarations/{case}/criteria/1.2",
        points="20",
        **{"f-cards-numerator": "97", "f-cards-denominator": "100"},
    )
    after = desk.get(f"/declarations/{case}")

    assert "尚未改 1.2 联系卡" in before
    assert "已改 1.2 联系卡" in words(after)
    assert f'href="/declarations/{case}/criteria/1.2">1.2 联系卡' in after.text


def test_where_the_route_leaves_no_choice_none_is_asked(d):
    case = measured.filed(d, measured.opened(d), "idle", "old")

    form = Desk("songxi").get(f"/cases/{case}/return")

    assert 'name="to"' not in form.text and "idle社区可以重新" in words(form)


def test_a_leg_that_may_not_be_chosen_is_refused(d, case):
    answer = Desk("office").send(f"/cases/{case}/return", to="decision", reason="请核实")

    assert answer.status_code == 422
    assert Declaration.objects.get(pk=case).stage == "evaluation"
    take("declaration", case, "return", d.people["office"], reason="请核实", to="declare")
    assert Declaration.objects.get(pk=case).stage == "returned"
