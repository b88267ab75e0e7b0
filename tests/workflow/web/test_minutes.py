"""The minutes of a vote: a draft, the meeting, DOCX and PDF."""

import io
import zipfile

import pytest

from services.workflow.models import Round
from tests.workflow import cast
from tests.workflow.web.desk import Desk, summary, words

HELD = {"held_on": "2026-03-02", "place": "第二会议室", "chair": "许静", "recorder": "罗平"}


@pytest.fixture
def slate(d):
    return Round.objects.get(pk=cast.table(d, [d.cases["vote"]])).slate_id


def finish(d, slate):
    round_ = Round.objects.get(slate=slate)
    for task in cast.tasks_of(round_.pk):
        cast.decide(task.pk, "for", cast.asked(d, task))


def test_the_draft_says_who_has_voted_and_no_result(d, slate):
    round_ = Round.objects.get(slate=slate)
    task = cast.tasks_of(round_.pk)[0]
    cast.decide(task.pk, "for", cast.asked(d, task))

    shown = words(Desk("office").get(f"/slates/{slate}/minutes"))

    assert "应到3人，实到1人，法定人数2人" in shown
    assert "表决通过" not in shown


def test_a_closed_vote_gives_its_minutes_once_the_meeting_is_known(d, slate):
    desk = Desk("office")
    finish(d, slate)

    before = desk.get(f"/slates/{slate}/minutes.docx")
    kept = desk.send(f"/slates/{slate}/minutes", **HELD)
    word, pdf = (desk.get(f"/slates/{slate}/minutes.{kind}") for kind in ("docx", "pdf"))

    with zipfile.ZipFile(io.BytesIO(word.content)) as book:
        text = book.read("word/document.xml").decode()
    assert (before.status_code, kept.status_code) == (422, 302)
    assert "第二会议室" in text and "表决通过1个单位：vote社区。" in text
    assert pdf.content.startswith(b"%PDF-1.7") and pdf["Content-Type"] == "application/pdf"
    assert "DOCX" in words(desk.get(f"/slates/{slate}/minutes"))


def test_a_member_reads_the_minutes_and_does_not_write_them(d, slate):
    finish(d, slate)

    page = Desk("committee1").get(f"/slates/{slate}/minutes")
    answer = Desk("committee1").post(f"/slates/{slate}/minutes", **HELD)

    assert page.status_code == 200 and 'id="meeting"' not in page.text
    assert answer.status_code in {400, 403}


def test_a_meeting_that_is_not_whole_is_said(d, slate):
    answer = Desk("office").send(f"/slates/{slate}/minutes", **{**HELD, "place": ""})

    assert (answer.status_code, len(summary(answer))) == (422, 1)


@pytest.mark.parametrize("who", ["songxi", "dep-org", "north-office"])
def test_minutes_are_not_for_others(d, slate, who):
    assert Desk(who).get(f"/slates/{slate}/minutes").status_code == 404


def test_a_clearance_has_no_minutes(d):
    slate = Round.objects.get(slate__lines__case=d.cases["in_round"]).slate_id

    assert Desk("office").get(f"/slates/{slate}/minutes").status_code == 422
