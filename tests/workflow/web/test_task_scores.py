"""A department scores its own criteria, blind, and files them for the whole slate."""

import pytest

from services.workflow.domain.refused import Refused
from services.workflow.models import Score, SlateLine
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast
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
