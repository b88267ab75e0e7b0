"""A vote on paper at the desk: member, teller, scrutineer."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services.workflow.commands import slates
from services.workflow.domain.refused import Refused
from services.workflow.models import PaperVote, Round
from services.workflow.wording.refusals import refusal_text
from tests.workflow import cast
from tests.workflow.web.desk import Desk, summary, words

MEMBERS = ("committee1", "committee2", "committee3")


@pytest.fixture
def slate(d):
    return slates.table(
        d.edition,
        [d.cases["vote"]],
        by=d.people["office"],
        key=uuid4(),
        manner=slates.Manner(on_paper=True),
    )["slate"]


def entered(d, came="yes", **papers):
    """The teller's form; `for` and the rest by name."""
    fields = {f"m-{d.people[who].member_id}": came for who in MEMBERS}
    return fields | {f"{name}-{d.cases['vote']}": value for name, value in papers.items()}


def sheet():
    return SimpleUploadedFile("计票单.pdf", cast.PDF, "application/pdf")


def count(d, slate, who="office", **papers):
    return Desk(who).send(f"/slates/{slate}/count", **entered(d, **papers), sheet=sheet())


def test_teller_and_scrutineer_bring_the_vote_to_its_end(d, slate):
    counted = count(d, slate, **{"for": "2", "against": "1"})
    shown = Desk("committee1").get(f"/slates/{slate}/confirm")
    confirmed = Desk("committee1").send(f"/slates/{slate}/confirm")

    vote = PaperVote.objects.get(round__slate=slate)
    assert (counted.status_code, counted["Location"]) == (302, f"/slates/{slate}/confirm")
    assert "计票单.pdf" in shown.text and "实到 3" in words(shown)
    assert (confirmed.status_code, confirmed["Location"]) == (302, f"/slates/{slate}")
    assert vote.confirmed_at == cast.NOW
    assert d.case("vote").leg == cast.LEGS["decision"]
    assert "通过" in words(Desk("office").get(f"/slates/{slate}"))


def test_a_count_that_does_not_add_up_names_the_unit_and_keeps_what_was_typed(d, slate):
    answer = count(d, slate, **{"for": "2"})

    named = Refused("vote.count_mismatch", case="vote社区", counted=2, expected=3)
    assert (answer.status_code, summary(answer)) == (422, [refusal_text(named)])
    assert f'name="for-{d.cases["vote"]}" value="2"' in answer.text
    assert not PaperVote.objects.exists()


def test_the_teller_is_not_offered_to_confirm(d, slate):
    count(d, slate, **{"for": "3"})

    page = Desk("office").get(f"/slates/{slate}/confirm")
    answer = Desk("office").send(f"/slates/{slate}/confirm")

    assert "作为监票人确认" not in page.text
    assert (answer.status_code, summary(answer)) == (403, [refusal_text(Refused("vote.same_person"))])
    assert Round.objects.get(slate=slate).is_open


def test_a_member_reads_the_slate_and_stays_out_of_a_line(d, slate):
    task = next(
        t for t in cast.tasks_of(Round.objects.get(slate=slate).pk)
        if t.assignee_id == d.people["committee3"].member_id
    )  # fmt: skip
    desk, line = Desk("committee3"), task.process.slate.lines.get()

    page = desk.get(f"/tasks/{task.pk}")
    out = desk.send(f"/tasks/{task.pk}/recuse/{line.pk}", reason="亲属任职")

    assert "无记名表决" in words(page) and f'name="v-{line.pk}"' not in page.text
    assert out.status_code == 302
    assert "亲属任职" in words(desk.get(f"/tasks/{task.pk}"))
    assert "committee3" in words(Desk("office").get(f"/slates/{slate}/count"))


@pytest.mark.parametrize(("who", "status"), [("songxi", 404), ("dep-org", 404), ("north-office", 404)])
def test_nobody_else_counts(slate, who, status):
    assert Desk(who).get(f"/slates/{slate}/count").status_code == status


def test_the_signed_sheet_is_taken_out_as_a_file(d, slate):
    count(d, slate, **{"for": "3"})

    kept = Desk("committee2").get(f"/slates/{slate}/sheet")

    assert (kept.status_code, kept.content, kept["Content-Type"]) == (200, cast.PDF, "application/pdf")
    assert kept["Content-Disposition"].startswith("attachment")


def test_an_open_vote_has_no_count(d):
    round_id = cast.table(d, [d.cases["vote"]])

    answer = Desk("office").get(f"/slates/{Round.objects.get(pk=round_id).slate_id}/count")

    assert answer.status_code == 422


def test_the_office_chooses_paper_on_the_new_slate(d):
    case = d.case("vote")
    address = f"/editions/{d.edition}/slates/new?leg={cast.LEGS['vote']}"

    Desk("office").send(address, case=[f"{case.pk}:{case.version}"], on_paper="on")

    rule = Round.objects.get(slate__lines__case=case.pk, status="NEW").rule
    assert (rule["vote"]["secret"], rule["closes"]) == (True, "organiser")
