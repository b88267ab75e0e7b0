"""A town fills in its own check of a community's declaration and signs it with its endorsement."""

import pytest

from services.workflow.domain.refused import Refused
from services.workflow.models import Declaration, Measurement, Score
from services.workflow.wording.refusals import refusal_text
from tests.workflow import measured
from tests.workflow.web.desk import Desk, summary, words


@pytest.fixture
def case(d):
    return measured.filed(d, measured.opened(d), "idle", "old")


def sheet(**changes):
    return {
        "s-1.1": "39",
        "f-own-1.2-cards-numerator": "96",
        "f-own-1.2-cards-denominator": "100",
        "f-own-2.1-old-value": "300",
        "src": "街道台账",
        "src-2.1": "丈量",
        **changes,
    }


def test_the_sheet_asks_for_what_holds_for_the_units_category(case):
    shown = Desk("songxi").get(f"/cases/{case}/own-check")

    names = ("s-1.1", "f-own-1.2-cards-numerator", "f-own-2.1-old-value", "f-own-2.2-new-value")
    assert [name for name in names if f'name="{name}"' in shown.text] == list(names[:3])
    assert "老旧社区服务站" in words(shown) and "办公面积 300㎡；自评 40.00 分" in words(shown)


def test_a_sheet_is_saved_bit_by_bit_and_then_signed(case):
    desk = Desk("songxi")
    address = f"/cases/{case}/own-check"

    begun = desk.send(address, **sheet(**{"s-1.1": ""}), save="1")
    half = words(desk.get(address))
    signed = desk.send(address, **sheet(src="", **{"src-2.1": ""}), sign="1")
    ahead = desk.get(f"/cases/{case}/endorse")
    taken = desk.send(f"/cases/{case}/endorse")

    marks = Score.objects.filter(case_id=case, tier="town_check").values_list("criterion", "points")
    assert (begun.status_code, signed["Location"], taken.status_code) == (302, f"/cases/{case}/endorse", 302)
    assert "60.00" in half and "1 条未评" in half
    assert {code: str(points) for code, points in marks} == {"1.1": "39.00", "1.2": "20.00", "2.1": "40.00"}
    assert "99 分（满分 100 分），达标线 60 分" in words(ahead) and "签署人" in words(ahead)
    assert 'name="s-1.1"' not in ahead.text
    assert Measurement.objects.filter(case_id=case).count() == 2  # what did not change was not entered again
    assert Declaration.objects.get(pk=case).stage == "evaluation"


def test_the_units_figures_are_taken_over_where_none_are_yet(case):
    desk = Desk("songxi")

    shown = desk.send(f"/cases/{case}/own-check", take="1", **{"f-own-2.1-old-value": "280"})

    assert 'name="f-own-1.2-cards-numerator" value="96"' in shown.text
    assert 'name="f-own-2.1-old-value" value="280"' in shown.text
    assert not Measurement.objects.filter(case_id=case).exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"s-1.1": "41"}, refusal_text(Refused("score.above_maximum", criterion="1.1", maximum="40"))),
        ({"f-own-1.2-cards-denominator": "10"}, "1.2 条的数据“联系卡发放率”不成立，请核对。"),
        ({"src-2.1": "", "src": ""}, None),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_kept(case, change, told):
    answer = Desk("songxi").send(f"/cases/{case}/own-check", **sheet(**change), save="1")

    assert answer.status_code == 422
    assert summary(answer)[0] == told or (told is None and len(summary(answer)) == 2)
    assert not Score.objects.filter(case_id=case, tier="town_check").exists()


def test_an_endorsement_without_the_sheet_leads_to_it(case):
    desk = Desk("songxi")

    led = desk.get(f"/cases/{case}/endorse")
    page = desk.get(f"/cases/{case}")

    assert (led.status_code, led["Location"]) == (302, f"/cases/{case}/own-check")
    assert f'class="button primary" href="/cases/{case}/own-check"' in page.text


def test_nobody_else_fills_it_in(case):
    assert [Desk(name).get(f"/cases/{case}/own-check").status_code for name in ("idle", "office", "guihua")] == [
        403, 403, 404,
    ]  # fmt: skip


def test_the_scores_stand_beside_each_other_by_the_name_of_the_leg(d, case):
    measured.checked(d, case, "songxi", "old")

    shown = words(Desk("office").get(f"/cases/{case}"))

    assert "街道自查" in shown and "99.00" in shown
