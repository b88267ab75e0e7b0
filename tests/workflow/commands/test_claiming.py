from uuid import uuid4

import pytest

from services.workflow.commands import claiming
from services.workflow.commands.objections import lodge
from services.workflow.models import SideAct
from services.workflow.queries.inbox import waiting_for
from tests.workflow import cast, contract
from tests.workflow.cast import District
from tests.workflow.commands.refusing import refusal, refused

KIND = "declaration"


def claim(d: District, who: str, number: int, kind: str = KIND) -> dict[str, object]:
    return claiming.claim(kind, number, by=d.people[who], key=uuid4())


def release(d: District, who: str, number: int, kind: str = KIND) -> dict[str, object]:
    return claiming.release(kind, number, by=d.people[who], key=uuid4())


def reassign(
    d: District, who: str, number: int, to: str, reason: str = "出差", kind: str = KIND
) -> dict[str, object]:
    return claiming.reassign(
        kind, number, to=d.people[to].member_id or 0, reason=reason, by=d.people[who], key=uuid4()
    )


def sees(d: District, who: str, number: int) -> bool:
    return number in {item.id for item in waiting_for(d.people[who]).items}


def test_claimed_work_is_the_claimers_alone_until_it_is_released(d: District) -> None:
    case, before = d.cases["preliminary"], contract.last_event()
    version = d.case("preliminary").version

    answer = claim(d, "songxi", case)
    apart = [sees(d, "songxi", case), sees(d, "songxi2", case)]
    refused_act = refusal(cast.take, KIND, case, "endorse", d.people["songxi2"])
    release(d, "songxi", case)

    assert answer == {"kind": KIND, "id": case, "assignee": d.people["songxi"].member_id}
    assert (apart, refused_act) == ([True, False], "step.not_yours")
    assert sees(d, "songxi2", case)
    assert d.case("preliminary").version == version
    assert list(SideAct.objects.filter(case_id=case).values_list("kind", flat=True)) == ["claim", "release"]
    assert contract.faults_since(before) == []


def test_who_comes_second_is_told_who_was_first(d: District) -> None:
    case = d.cases["preliminary"]
    claim(d, "songxi", case)

    found = refused(claiming.claim, KIND, case, by=d.people["songxi2"], key=uuid4())

    assert (found.code, found.params) == ("work.claimed", {"name": "songxi"})


def test_claiming_again_changes_nothing(d: District) -> None:
    case = d.cases["preliminary"]

    assert claim(d, "songxi", case) == claim(d, "songxi", case)
    assert SideAct.objects.filter(case_id=case).count() == 1


@pytest.mark.parametrize(
    ("who", "code"),
    [("office", "work.not_yours"), ("preliminary", "work.not_yours"), ("guihua", "case.not_found"),
     ("north-town", "case.not_found")],
)  # fmt: skip
def test_only_the_office_that_has_it_claims(d: District, who: str, code: str) -> None:
    assert refusal(claim, d, who, d.cases["preliminary"]) == code


def test_nobody_releases_what_they_have_not_claimed(d: District) -> None:
    case = d.cases["preliminary"]
    unclaimed = refusal(release, d, "songxi", case)
    claim(d, "songxi", case)

    assert (unclaimed, refusal(release, d, "songxi2", case)) == ("work.not_claimed", "work.not_claimed")


def test_a_step_ends_the_claim(d: District) -> None:
    case = d.cases["preliminary"]
    claim(d, "songxi", case)

    cast.take(KIND, case, "endorse", d.people["songxi"])

    assert d.case("preliminary").assignee_id is None


def test_work_is_handed_to_a_colleague_who_is_told_with_the_reason_kept(d: District) -> None:
    case, before = d.cases["preliminary"], contract.last_event()

    reassign(d, "songxi", case, "songxi2", "出差一周")

    told = [frame for frame in contract.frames_since(before) if frame["type"] == "work.reassigned"]
    assert [sees(d, "songxi", case), sees(d, "songxi2", case)] == [False, True]
    assert f"user:{d.people['songxi2'].member_id}" in {frame["topic"] for frame in told}
    assert SideAct.objects.get(case_id=case).text == "出差一周"
    assert contract.faults_since(before) == []


@pytest.mark.parametrize("to", ["songxi", "guihua", "office", "preliminary"])
def test_only_to_a_colleague_of_the_same_office(d: District, to: str) -> None:
    assert refusal(reassign, d, "songxi", d.cases["preliminary"], to) == "reassign.not_a_colleague"


def test_a_reassignment_needs_a_reason_and_work_of_ones_own(d: District) -> None:
    case = d.cases["preliminary"]
    silent = refusal(reassign, d, "songxi", case, "songxi2", " ")
    claim(d, "songxi2", case)

    assert (silent, refusal(reassign, d, "songxi", case, "songxi2")) == ("field.missing", "work.not_yours")


def test_an_investigation_stays_with_its_investigator(d: District) -> None:
    office = d.people["office"]
    number = lodge(d.notice, {**cast.OBJECTION, "declaration": d.cases["listed"]}, key=uuid4())["objection"]
    cast.take("objection", number, "receive", office)
    cast.take("objection", number, "assign", office, investigator=d.people["investigator"].member_id)

    assert refusal(release, d, "investigator", number, "objection") == "work.personal"
    assert refusal(reassign, d, "investigator", number, "investigator2", kind="objection") == "work.personal"


def test_a_bodys_task_of_a_round_is_claimed_and_a_vote_is_not_passed_on(d: District) -> None:
    clearance = cast.tasks_of(cast.table(d, [d.cases["clearance"]]))[0]
    vote = cast.tasks_of(cast.table(d, [d.cases["vote"]]))[0]
    asked, member = cast.asked(d, clearance), cast.asked(d, vote)

    taken = claiming.claim("round_task", clearance.pk, by=asked, key=uuid4())
    given_back = claiming.release("round_task", clearance.pk, by=asked, key=uuid4())

    assert (taken["assignee"], given_back["assignee"]) == (asked.member_id, None)
    assert refusal(claiming.release, "round_task", vote.pk, by=member, key=uuid4()) == "work.personal"
