"""A department scores its own criteria, blind, and files them for the whole slate."""

import pytest

from services.workflow.domain.refused import Refused
from services.workflow.models import Measurement, Score, SlateLine
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast, measured
from tests.workflow.web.desk import Desk, hidden, summary, words


@pytest.fixture
def round_id(d):
    return cast.table(d, [d.cases["assessment"]])


@pytest.fixture
def line(d, round_id):
    return SlateLine.objects.get(case=d.cases["assessment"], open=True)


@pytest.fixture
def address(d, round_id):
    own = d.people["dep-org"].unit_id
    return f"/tasks/{next(t.pk for t in cast.tasks_of(round_id) if t.participant_unit_id == own)}"


def cells(line, **marks):
    return {f"s-{line.pk}-{code[1]}.{code[2]}": text for code, text in marks.items()}


def test_the_grid_asks_for_the_own_criteria_only(line, address):
    shown = Desk("dep-org").get(address).text

    asked = [code for code in ("1.1", "1.2", "2.1", "2.2") if f'name="s-{line.pk}-{code}"' in shown]
    assert asked == ["1.1", "1.2"]


def test_scores_are_filed(line, address):
    filed = Desk("dep-org").send(address, **cells(line, c11="39.5", c12="n/a"))

    kept = {
        s.criterion: (str(s.points), s.not_applicable) for s in Score.objects.filter(case_id=line.case_id)
    }
    assert filed.status_code == 302
    assert kept == {"1.1": ("39.50", False), "1.2": ("None", True)}


def test_nobody_sees_other_scores_before_their_own_are_in(d, line, address, round_id):
    own = d.people["dep-urban"].unit_id
    other = next(t for t in cast.tasks_of(round_id) if t.participant_unit_id == own)
    marks = [
        {"case": line.case_id, "criterion": "2.1", "points": "17.31"},
        {"case": line.case_id, "criterion": "2.2", "points": "9.87"},
    ]
    cast.decide(other.pk, "scored", d.people["dep-urban"], marks)

    shown = Desk("dep-org").get(address).text

    assert [figure for figure in ("17.31", "9.87", "27.18") if figure in shown] == []


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("40.01", Refused("score.above_maximum", criterion="1.1", maximum="40")),
        ("四十", Refused("score.not_a_number", criterion="1.1", given="四十")),
        ("1.005", Refused("score.too_fine", criterion="1.1", decimals=2)),
        ("-1", Refused("score.below_zero", criterion="1.1")),
    ],
)
def test_a_mark_that_is_none_is_named_and_kept(line, address, typed, refusal):
    answer = Desk("dep-org").send(address, **cells(line, c11=typed, c12="20"))

    assert answer.status_code == 422
    assert summary(answer) == [f"assessment社区：{refusal_text(refusal)}"]
    assert f'value="{typed}"' in answer.text
    assert not Score.objects.filter(case_id=line.case_id).exists()


def test_not_scored_is_not_zero(line, address):
    answer = Desk("dep-org").send(address, **cells(line, c11="0"))

    assert (answer.status_code, len(summary(answer))) == (422, 1)
    assert f'href="#s-{line.pk}-1.2"' in answer.text


def test_full_width_figures_are_read(line, address):
    filed = Desk("dep-org").send(address, **cells(line, c11="３９．５", c12="20"))

    assert filed.status_code == 302
    assert str(Score.objects.get(case_id=line.case_id, criterion="1.1").points) == "39.50"


def test_the_filed_sheet_can_be_read_and_not_changed(line, address):
    desk = Desk("dep-org")
    desk.send(address, **cells(line, c11="39.5", c12="n/a"))

    shown = desk.get(address)

    assert 'value="39.50"' in shown.text
    assert "readonly" in shown.text
    assert 'name="finish"' not in shown.text


def test_a_round_that_closed_meanwhile_keeps_what_was_typed(d, line, address):
    desk = Desk("dep-org")
    drawn = hidden(desk.get(address))
    cast.take("declaration", line.case_id, "raise_veto", d.people["dep-police"], reason="案件", **cast.VETO)

    answer = desk.post(address, **drawn, **cells(line, c11="39.5", c12="20"))

    assert answer.status_code == 409
    assert refusal_text(Refused("round.closed")) in words(answer)


@pytest.fixture
def figured(d):
    """A slate of an old and a new community before the department that looks figures up: its task and lines."""
    edition, old, new = measured.both(d)
    task = measured.tabled(d, edition, [old, new])
    lines = {line.case_id: line.pk for line in SlateLine.objects.filter(case__in=[old, new], open=True)}
    return f"/tasks/{task}", lines[old], lines[new]


def typed(old, new, **changes):
    """Everything that the two lines ask for, as it is typed."""
    return {
        f"s-{old}-1.1": "38",
        f"s-{new}-1.1": "37",
        f"f-{old}-1.2-cards-numerator": "96",
        f"f-{old}-1.2-cards-denominator": "100",
        f"f-{new}-1.2-cards-numerator": "９４",
        f"f-{new}-1.2-cards-denominator": "100",
        f"f-{old}-2.1-old-value": "310",
        f"f-{new}-2.2-new-value": "n/a",
        "src": "联系卡台账",
        "src-2.1": "现场丈量",
        **changes,
    }


def test_criteria_of_another_category_are_marked_and_not_asked(figured):
    address, old, new = figured

    shown = Desk("dep-org").get(address).text

    asked = [
        code for code in ("2.1-old", "2.2-new") for line in (old, new) if f'"f-{line}-{code}-value"' in shown
    ]
    assert asked == ["2.1-old", "2.2-new"]
    assert shown.count('<span class="na">不适用</span>') == 2
    assert "联系卡发放率不少于 95%，得 20 分，否则不得分" in shown


def test_figures_are_filed_with_their_source_and_give_the_points(figured):
    address, old, new = figured

    filed = Desk("dep-org").send(address, **typed(old, new))

    kept = {
        (s.case_id, s.criterion): s.points
        for s in Score.objects.filter(tier="department", task__isnull=False)
    }
    lines = {line.pk: line.case_id for line in SlateLine.objects.filter(pk__in=(old, new))}
    assert filed.status_code == 302, summary(filed)
    assert {code: str(points) for (case, code), points in kept.items() if case == lines[old]} == {
        "1.1": "38.00", "1.2": "20.00", "2.1": "40.00",
    }  # fmt: skip
    assert {code: str(points) for (case, code), points in kept.items() if case == lines[new]} == {
        "1.1": "37.00", "1.2": "0.00", "2.2": "None",
    }  # fmt: skip
    sources = set(Measurement.objects.filter(tier="department").values_list("criterion", "source").distinct())
    assert sources == {("1.2", "联系卡台账"), ("2.1", "现场丈量")}


def test_figures_can_be_saved_before_the_rest_is_known(figured):
    address, old, _ = figured
    desk = Desk("dep-org")
    part = {
        f"f-{old}-1.2-cards-numerator": "96",
        f"f-{old}-1.2-cards-denominator": "100",
        f"s-{old}-1.1": "38",
    }

    saved = desk.send(address, **part, src="台账", on="2026-03-01", save="1")
    again = desk.get(address)

    [row] = Measurement.objects.filter(tier="department")
    assert (saved.status_code, "已保存 1 项数据" in words(saved), 'value="38"' in saved.text) == (
        200,
        True,
        True,
    )
    assert (row.criterion, str(row.taken_on), row.source) == ("1.2", "2026-03-01", "台账")
    assert 'data-points="20"' in again.text
    assert not Score.objects.filter(case_id=row.case_id, tier="department").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"f-{old}-1.2-cards-numerator": "101"}, "idle社区：1.2 条的数据“联系卡发放率”不成立，请核对。"),
        ({"src": "", "src-2.1": "丈量"}, "请填写 1.2 的数据来源"),
        ({"f-{old}-2.1-old-value": ""}, "idle社区：还有 1 条未评分"),
    ],
)
def test_a_figure_that_cannot_be_or_has_no_source_is_named(figured, change, told):
    address, old, new = figured

    answer = Desk("dep-org").send(
        address, **typed(old, new, **{name.format(old=old): text for name, text in change.items()})
    )

    assert (answer.status_code, summary(answer)) == (422, [told])
    assert not Measurement.objects.filter(tier="department").exists()


def test_a_cell_is_reckoned_while_it_is_typed(figured):
    address, old, new = figured
    desk, name = Desk("dep-org"), f"f-{old}-1.2-cards"

    met = desk.get(
        f"{address}/points?line={old}&criterion=1.2&{name}-numerator=95&{name}-denominator=100"
    ).json()
    short = desk.get(f"{address}/points?line={old}&criterion=1.2&{name}-numerator=95").json()
    wrong = desk.get(
        f"{address}/points?line={old}&criterion=1.2&{name}-numerator=9&{name}-denominator=0"
    ).json()
    foreign = desk.get(f"{address}/points?line={new}&criterion=2.1")

    assert (met["points"], short["points"], wrong["points"], "不成立" in wrong["words"]) == (
        "20",
        "",
        "",
        True,
    )
    assert foreign.status_code == 422
