"""The part of a task's page that tells when its round is over."""

from services.workflow.models import SlateLine
from tests.workflow import cast
from tests.workflow.web.desk import Desk


def test_the_standing_of_an_open_task_says_nothing(d):
    task = first_task(d)

    part = Desk("dep-police").get(f"/tasks/{task.pk}/standing")

    assert (part.status_code, "<html" in part.text, 'class="note' in part.text) == (200, False, False)


def test_the_standing_tells_that_the_round_is_closed(d):
    task = first_task(d)
    cast.take(
        "declaration", d.cases["in_round"], "raise_veto", d.people["dep-health"], reason="案件", **HEALTH
    )

    part = Desk("dep-police").get(f"/tasks/{task.pk}/standing")

    assert "note late" in part.text


def test_the_page_follows_its_standing(d):
    task = first_task(d)

    page = Desk("dep-police").get(f"/tasks/{task.pk}").text

    assert f'data-live-fragment="/tasks/{task.pk}/standing"' in page
    assert f"unit:{d.people['dep-police'].unit_id}" in page


HEALTH = {**cast.VETO, "ground": "family_planning"}


def first_task(d):
    round_ = SlateLine.objects.get(case=d.cases["in_round"], open=True).slate.rounds.get()
    own = d.people["dep-police"].unit_id
    return next(t for t in cast.tasks_of(round_.pk) if t.participant_unit_id == own)
