"""Slates, tasks, votes and their outcomes by HTTP."""

import pytest

from services.workflow.domain.programme_rules import Category
from services.workflow.models import Ballot, Declaration, Finding, Round, RoundTask
from tests.workflow import cast
from tests.workflow.api.client import Api, code_of, new_key


def table(d, code: str, who: str = "office"):
    return Api(who).post("slates", {"edition": d.edition, "cases": [d.cases[code]]})


def task_of(round_id: int, **wanted: object) -> int:
    return RoundTask.objects.get(process=round_id, flow_task_type="HUMAN", **wanted).pk


def answer(who: str, task: int, body: dict[str, object], **headers: str):
    return Api(who).post(f"tasks/{task}/decision", body, **headers)


@pytest.fixture
def clearing(d):
    """The tasks of an open clearance, by department."""
    tasks = RoundTask.objects.filter(process__slate__lines__case=d.cases["in_round"], flow_task_type="HUMAN")
    return dict(tasks.values_list("participant_unit__code", "pk"))


def test_the_office_tables_a_slate_and_everybody_asked_finds_a_task(d):
    made = table(d, "clearance")

    told = made.json()
    assert (made.status_code, made["Location"], told["lines"]) == (201, f"/api/v1/slates/{told['id']}", 1)
    tasks = [item for item in Api("dep-health").get("inbox").json()["items"] if item["kind"] == "round_task"]
    assert {item["id"] for item in tasks} >= {task_of(told["round"], participant_unit=d.units["dep-health"])}


@pytest.mark.parametrize(
    ("who", "code", "refusal"),
    [
        ("committee1", "clearance", (403, "step.not_yours")),
        ("north-office", "clearance", (403, "step.not_yours")),
        ("office", "preliminary", (422, "slate.not_a_round_leg")),
        ("office", "in_round", (409, "slate.already_tabled")),
    ],
)
def test_a_slate_that_cannot_be_tabled_has_a_code(d, who, code, refusal):
    found = code_of(table(d, code, who))

    assert found == refusal or (code == "preliminary" and found == (422, "slate.case_not_ready"))


def test_an_empty_slate_is_refused(d):
    assert code_of(Api("office").post("slates", {"edition": d.edition, "cases": []})) == (422, "slate.empty")


def test_a_task_says_what_it_asks(d, clearing):
    response = Api("dep-police").get(f"tasks/{clearing['dep-police']}")

    told = response.json()
    assert response["ETag"] == '"1"'
    assert told["verdicts"] == ["no_objection", "objection", "veto"]
    assert [line["case"] for line in told["lines"]] == [d.cases["in_round"]]
    assert [ground["code"] for ground in told["veto_grounds"]] == ["public_security"]
    assert (told["status"], told["mode"], told["findings"], told["struck"]) == ("open", "clearance", [], [])


@pytest.mark.parametrize("who", ["dep-health", "songxi", "committee1", "in_round", "north-police"])
def test_a_task_is_for_those_it_asks_and_the_office(d, clearing, who):
    task = clearing["dep-police"]

    assert code_of(Api(who).get(f"tasks/{task}")) == (404, "task.unknown")
    assert code_of(answer(who, task, {"verdict": "no_objection"})) == (404, "task.unknown")
    assert Api("office").get(f"tasks/{task}").status_code == 200


def test_the_office_reads_a_departments_task_and_cannot_answer_it(d, clearing):
    assert code_of(answer("office", clearing["dep-police"], {"verdict": "no_objection"})) == (
        403,
        "step.not_yours",
    )


def test_the_last_answer_ends_the_round_and_moves_the_case(d, clearing):
    first = answer("dep-police", clearing["dep-police"], {"verdict": "no_objection", "version": 1}).json()
    last = answer("dep-health", clearing["dep-health"], {"verdict": "no_objection"}).json()

    assert (first["round_open"], first["moved"]) == (True, [])
    assert (last["round_open"], [row["case"] for row in last["moved"]]) == (False, [d.cases["in_round"]])
    assert d.case("in_round").leg == cast.LEGS["joint_review"]


def test_a_second_answer_is_overtaken(d, clearing):
    answer("dep-police", clearing["dep-police"], {"verdict": "no_objection"})

    again = answer("dep-police", clearing["dep-police"], {"verdict": "objection", "reason": "有信访"})

    assert code_of(again) == (409, "overtaken")
    assert [f.verdict for f in Finding.objects.filter(task=clearing["dep-police"])] == ["no_objection"]


def test_the_same_key_gives_the_same_answer(d, clearing):
    key = new_key()
    first = answer("dep-police", clearing["dep-police"], {"verdict": "no_objection"}, Idempotency_Key=key)
    again = answer("dep-police", clearing["dep-police"], {"verdict": "no_objection"}, Idempotency_Key=key)

    assert again.json() == first.json()


def test_a_stale_task_version_is_overtaken(d, clearing):
    response = answer("dep-police", clearing["dep-police"], {"verdict": "no_objection"}, If_Match='"7"')

    assert code_of(response) == (409, "overtaken")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"verdict": "perhaps"}, "finding.missing"),
        ({"verdict": "objection"}, "finding.reason_missing"),
        (
            {"verdict": "no_objection", "findings": [{"case": 1, "verdict": "objection"}]},
            "finding.foreign_case",
        ),
        ({"verdict": "veto", "reason": "治安事件"}, "field.missing"),
    ],
)
def test_an_answer_that_does_not_hold_is_refused_and_keeps_nothing(d, clearing, body, code):
    assert code_of(answer("dep-police", clearing["dep-police"], body)) == (422, code)
    assert not Finding.objects.filter(task=clearing["dep-police"]).exists()


def test_a_veto_in_a_task_strikes_its_line(d, clearing):
    finding = {"case": d.cases["in_round"], "verdict": "veto", "note": "治安事件", **cast.VETO}

    response = answer(
        "dep-police", clearing["dep-police"], {"verdict": "no_objection", "findings": [finding]}
    )

    assert response.status_code == 200
    told = Api("office").get(f"tasks/{clearing['dep-health']}").json()
    assert (told["lines"], [line["struck_reason"] for line in told["struck"]]) == ([], ["raise_veto"])


@pytest.fixture
def scoring(d):
    """The task of one scoring department, with its criteria."""
    round_id = table(d, "assessment").json()["round"]
    return task_of(round_id, participant_unit=d.units["dep-org"])


def test_a_department_scores_its_own_criteria(d, scoring):
    told = Api("dep-org").get(f"tasks/{scoring}").json()
    findings = [
        {"case": line["case"], "criterion": criterion["code"], "points": criterion["points"]}
        for line in told["lines"]
        for criterion in told["criteria"]
    ]

    response = answer("dep-org", scoring, {"verdict": "scored", "findings": findings})

    assert [criterion["code"] for criterion in told["criteria"]] == ["1.1", "1.2"]
    assert response.status_code == 200
    said = Api("dep-org").get(f"tasks/{scoring}").json()["findings"]
    assert {row["criterion"]: row["points"] for row in said} == {"1.1": "40.00", "1.2": "20.00"}


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ({"1.1": "40.01", "1.2": "20"}, "score.above_maximum"),
        ({"1.1": "much", "1.2": "20"}, "score.not_a_number"),
        ({"1.1": "40"}, "finding.missing"),
        ({"1.1": "40", "1.2": None}, "finding.missing"),
        ({"1.1": "40", "1.2": "20", "2.1": "30"}, "score.not_your_criterion"),
    ],
)
def test_scores_that_do_not_hold_are_refused(d, scoring, points, code):
    case = d.cases["assessment"]
    findings = [
        {"case": case, "criterion": criterion, "points": given} for criterion, given in points.items()
    ]

    assert code_of(answer("dep-org", scoring, {"verdict": "scored", "findings": findings})) == (422, code)


@pytest.fixture
def voting(d):
    """A round of votes: its id and the members' tasks."""
    round_id = table(d, "vote").json()["round"]
    members = [f"committee{n}" for n in (1, 2, 3)]
    return round_id, {name: task_of(round_id, assignee=d.people[name].member_id) for name in members}


def test_members_vote_each_for_themselves(d, voting):
    round_id, tasks = voting

    assert code_of(answer("committee2", tasks["committee1"], {"verdict": "for"})) == (404, "task.unknown")
    assert answer("committee1", tasks["committee1"], {"verdict": "for"}).status_code == 200
    mine, others = (
        Api(name).get(f"ballots?round={round_id}").json()["items"] for name in ("committee1", "committee2")
    )
    assert ([row["choice"] for row in mine], others) == (["for"], [])


def test_votes_are_counted_for_office_and_committee_once_the_round_is_closed(d, voting):
    round_id, tasks = voting
    answer("committee1", tasks["committee1"], {"verdict": "for"})
    answer("committee2", tasks["committee2"], {"verdict": "against", "reason": "不够"})
    during = Api("office").get(f"rounds/{round_id}").json()
    answer("committee3", tasks["committee3"], {"verdict": "for"})
    after = Api("committee2").get(f"rounds/{round_id}").json()

    assert "tallies" not in during
    assert (during["asked"], during["answered"], after["status"]) == (3, 2, "done")
    tally = after["tallies"][str(d.cases["vote"])]
    assert {name: tally[name] for name in ("for", "against", "present", "carried")} == {
        "for": 2,
        "against": 1,
        "present": 3,
        "carried": True,
    }
    assert Ballot.objects.filter(task__process=round_id).count() == 3


def test_the_organiser_does_not_read_a_members_vote(d, voting):
    _, tasks = voting
    answer("committee1", tasks["committee1"], {"verdict": "for"})

    assert Api("office").get(f"tasks/{tasks['committee1']}").json()["findings"] == []
    assert len(Api("committee1").get(f"tasks/{tasks['committee1']}").json()["findings"]) == 1


def test_a_round_is_closed_by_its_organiser_when_its_rule_allows(d, voting):
    round_id, tasks = voting
    answer("committee1", tasks["committee1"], {"verdict": "for"})
    early = Api("office").post(f"rounds/{round_id}/close")
    answer("committee2", tasks["committee2"], {"verdict": "for"})

    foreign = Api("committee1").post(f"rounds/{round_id}/close")
    closed = Api("office").post(f"rounds/{round_id}/close")

    assert code_of(early)[1] in {"round.not_quorate", "round.unanswered"}
    assert code_of(foreign) == (403, "step.not_yours")
    assert [row["case"] for row in closed.json()["moved"]] == [d.cases["vote"]]
    assert code_of(Api("office").post(f"rounds/{round_id}/close")) == (409, "round.closed")


@pytest.mark.parametrize("who", ["songxi", "dep-org", "north-office", "in_round"])
def test_a_round_is_not_for_those_it_does_not_ask(d, who):
    round_id = Round.objects.get(slate__lines__case=d.cases["in_round"]).pk

    assert code_of(Api(who).get(f"rounds/{round_id}")) == (404, "round.unknown")


def test_a_slate_is_read_with_its_lines_and_rounds(d):
    made = table(d, "clearance").json()

    told = Api("office").get(f"slates/{made['id']}").json()

    assert ([line["case"] for line in told["lines"]], told["rounds"]) == (
        [d.cases["clearance"]],
        [made["round"]],
    )
    assert code_of(Api("songxi").get(f"slates/{made['id']}")) == (404, "slate.not_found")


def test_tasks_are_narrowed_by_status(d, clearing):
    answer("dep-police", clearing["dep-police"], {"verdict": "no_objection"})

    open_ones = [row["id"] for row in Api("dep-police").get("tasks?status=open&limit=200").json()["items"]]
    done = [row["id"] for row in Api("dep-police").get("tasks?status=done&limit=200").json()["items"]]

    assert clearing["dep-police"] in done
    assert clearing["dep-police"] not in open_ones
    assert code_of(Api("dep-police").get("tasks?status=odd")) == (400, "request.filter_invalid")


def test_each_line_tells_the_criteria_of_its_own_category(d):
    """1.2 is asked of old communities only; on one slate stand an old one and a new one."""
    categories = (Category("old", "老旧社区"), Category("new", "新建社区"))
    cast.rule(d, standard=cast.with_criteria(**{"1.2": {"categories": ("old",)}}), categories=categories)
    old, new = d.cases["assessment"], d.cases["confirmation"]
    Declaration.objects.filter(pk=old).update(category="old")
    Declaration.objects.filter(pk=new).update(category="new")
    cast.forward(d, [new], "confirmation")
    round_id = cast.table(d, [old, new])
    org = task_of(round_id, participant_unit=d.units["dep-org"])

    told = Api("dep-org").get(f"tasks/{org}").json()

    assert [criterion["code"] for criterion in told["criteria"]] == ["1.1", "1.2"]
    assert {line["case"]: line["criteria"] for line in told["lines"]} == {
        old: ["1.1", "1.2"],
        new: ["1.1"],
    }


def test_a_slate_is_built_by_filter(d):
    office, leg = Api("office"), cast.LEGS["clearance"]
    none = office.post("slates", {"edition": d.edition, "filter": {"leg": leg, "town": "没有"}})
    made = office.post("slates", {"edition": d.edition, "filter": {"leg": leg, "town": "songxi社区"}})

    assert code_of(none) == (422, "slate.empty")
    assert (made.status_code, made.json()["lines"]) == (201, 1)
