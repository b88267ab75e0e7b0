"""An edition in words."""

import datetime as dt

import pytest

from services.workflow.queries.cockpit import cockpit
from services.workflow.queries.editions import edition_for
from services.workflow.web import cockpit_shown as shown
from services.workflow.web.deadlines import today
from tests.workflow import cast


def page(d, who="office"):
    by = d.people[who]
    return cockpit(edition_for(d.edition, by), by, today().moment)


@pytest.mark.parametrize(
    ("moment", "states"),
    [(cast.NOW, "now now now now now"), (cast.CLOSES, "past now now now now")],
)
def test_a_stage_is_over_when_nobody_is_in_it_or_can_come(d, moment, states):
    cast.set_clock(moment)

    assert " ".join(stage["state"] for stage in shown.stages(page(d), today())) == states


def test_stages_tell_their_days(d):
    told = [stage["words"] for stage in shown.stages(page(d), today())]

    assert told[0] == "1月1日至6月1日" and told[4].endswith("起")


def test_a_row_of_the_funnel_tells_what_became_of_those_above(d):
    cast.take("declaration", d.cases["confirmation"], "decline", d.people["committee1"], reason="不符")

    rows = {row["label"]: (row["count"], row["loss"]) for row in shown.funnel(page(d))}

    assert rows["申报"] == (14, "未提交草稿 2 份")
    assert rows["资格确认"] == (8, "不予通过 1，在办 3")


def test_late_work_is_what_is_due_within_two_working_days(d):
    cast.set_clock(cast.NOW + dt.timedelta(days=10))

    late = shown.body(page(d), today())["late"]

    assert late and all(row["due"].days_left <= 2 for row in late)
    assert ("preliminary社区・街镇初评", 2) in {(row["matter"], row["due"].days_left) for row in late}


def test_papers_and_notices_lead_to_their_pages(d):
    papers = shown.body(page(d), today())["papers"]

    assert {paper["address"].split("/")[1] for paper in papers} == {"notices", "documents"}
