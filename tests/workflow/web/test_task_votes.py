"""A committee member votes: every line, a page to check, then the urn."""

import pytest

from services.workflow.models import Ballot, SlateLine
from tests.workflow import cast
from tests.workflow.web.desk import Desk, hidden, summary, words


@pytest.fixture
def round_id(d):
    return cast.table(d, [d.cases["vote"]])


@pytest.fixture
def line(d, round_id):
    return SlateLine.objects.get(case=d.cases["vote"], open=True)


@pytest.fixture
def address(d, round_id):
    member = d.people["committee1"].member_id
    return f"/tasks/{next(t.pk for t in cast.tasks_of(round_id) if t.assignee_id == member)}"


def test_nothing_is_cast_before_it_was_checked(line, address):
    checked = Desk("committee1").send(address, **{f"v-{line.pk}": "against"})

    assert checked.status_code == 200
    assert not Ballot.objects.filter(case=line.case_id).exists()


def test_a_ballot_is_cast_from_the_page_that_checks(d, line, address):
    desk = Desk("committee1")
    checked = desk.send(address, **{f"v-{line.pk}": "against"})
    cast_ = desk.post(address, **hidden(checked), **{f"v-{line.pk}": "against"}, cast="1")

    ballot = Ballot.objects.get(case=line.case_id)
    assert (cast_.status_code, ballot.choice, ballot.member_id) == (
        302,
        "against",
        d.people["committee1"].member_id,
    )


def test_a_line_without_a_vote_is_named(line, address):
    answer = Desk("committee1").send(address)

    assert (answer.status_code, len(summary(answer))) == (422, 1)
    assert f'href="#v-{line.pk}"' in answer.text


def test_changing_goes_back_with_the_choice(line, address):
    again = Desk("committee1").send(address, **{f"v-{line.pk}": "abstain"}, change="1")

    assert 'value="abstain" checked' in again.text


def test_the_quorum_stands_on_the_page(d, round_id, address):
    for task in cast.tasks_of(round_id)[1:]:
        cast.decide(task.pk, "for", cast.asked(d, task))

    shown = Desk("committee1").get(address).text

    assert "<b>实到 2</b>" in shown


def test_a_member_who_stays_out_says_why_and_is_not_counted(line, address):
    desk = Desk("committee1")
    silent = desk.send(f"{address}/recuse/{line.pk}", reason=" ")
    desk.send(f"{address}/recuse/{line.pk}", reason="曾任该社区书记")
    drawn = desk.get(address)
    checked = desk.post(address, **hidden(drawn))
    desk.post(address, **hidden(checked), cast="1")

    ballot = Ballot.objects.get(case=line.case_id)
    assert (silent.status_code, ballot.choice, ballot.reason) == (422, "recused", "曾任该社区书记")
    assert f'name="v-{line.pk}"' not in drawn.text


def test_a_ballot_sent_twice_counts_once(line, address):
    desk = Desk("committee1")
    fields = {**hidden(desk.send(address, **{f"v-{line.pk}": "for"})), f"v-{line.pk}": "for", "cast": "1"}

    answers = [desk.post(address, **fields).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Ballot.objects.filter(case=line.case_id).count() == 1


@pytest.mark.parametrize("who", ["committee2", "office", "dep-org", "vote", "north-office"])
def test_a_ballot_is_its_members_alone(who, address):
    assert Desk(who).get(address).status_code == 404


def test_after_the_vote_the_page_says_so(d, round_id, address):
    cast.answer_round(d, round_id)

    shown = Desk("committee1").get(address)

    assert 'form="vote"' not in shown.text
    assert "已提交" in words(shown)
