"""Standing supervision by HTTP: re-review, scores, warning, rectification, revocation."""

import pytest

from tests.workflow.api.client import Api, code_of

FULL = {"1.1": "40", "1.2": "20", "2.1": "30", "2.2": "10"}


def step(d, who: str, name: str, **body: object):
    return Api(who).post(f"honours/{d.honour.pk}/steps/{name}", body)


@pytest.fixture
def reviewed(d):
    assert step(d, "office", "open_rereview", cause="by_hand").status_code == 200
    return d


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("held", True),
        ("songxi", True),
        ("office", True),
        ("committee1", True),
        ("guihua", False),
        ("north-office", False),
    ],
)
def test_an_honour_is_read_where_it_belongs(d, who, sees):
    response = Api(who).get(f"honours/{d.honour.pk}")

    assert (response.status_code == 200) is sees
    assert [row["id"] for row in Api(who).get("honours").json()["items"]] == ([d.honour.pk] if sees else [])


def test_an_honour_tells_how_it_was_earned(d):
    told = Api("held").get(f"honours/{d.honour.pk}").json()

    assert (told["status"], told["unit"], told["title"], told["conferred_on"]) == (
        "held",
        "held社区",
        "示例社区",
        "2026-02-10",
    )
    assert (told["next_rereview_on"], told["steps"], told["rereviews"]) == ("2028-02-10", ["relinquish"], [])
    [document] = Api("held").get("documents").json()["items"]
    assert told["resolution_id"] == document["id"]


def test_a_re_review_is_scored_and_passed(reviewed):
    d = reviewed
    missing = step(d, "office", "retain")
    scored = Api("office").post(f"honours/{d.honour.pk}/scores", {"scores": FULL})
    retained = step(d, "office", "retain")

    assert code_of(missing) == (422, "score.incomplete")
    assert {name: scored.json()[name] for name in ("points", "missing", "passed")} == {
        "points": "100.00",
        "missing": [],
        "passed": True,
    }
    assert retained.json()["status"] == "held"
    [review] = Api("office").get("rereviews").json()["items"]
    assert (review["outcome"], review["points"], review["unit"]) == ("retain", "100.00", "held社区")


@pytest.mark.parametrize(
    ("who", "scores", "refusal"),
    [
        ("committee1", FULL, (403, "step.not_yours")),
        ("north-office", FULL, (404, "case.not_found")),
        ("office", {"1.1": "41"}, (422, "score.above_maximum")),
        ("office", {"9.9": "1"}, (422, "score.unknown_criterion")),
    ],
)
def test_scores_that_do_not_hold_are_refused(reviewed, who, scores, refusal):
    assert code_of(Api(who).post(f"honours/{reviewed.honour.pk}/scores", {"scores": scores})) == refusal


def test_an_honour_that_is_not_under_review_takes_no_scores(d):
    response = Api("office").post(f"honours/{d.honour.pk}/scores", {"scores": FULL})

    assert code_of(response) == (422, "honour.not_under_review")


def test_from_warning_over_rectification_to_revocation(reviewed):
    d = reviewed
    Api("office").post(f"honours/{d.honour.pk}/scores", {"scores": {**FULL, "1.1": "1"}})
    warned = step(d, "office", "warn", reason="工作滑坡")
    ordered = step(d, "office", "order_rectification", reason="限期整改", points_text="补齐台账")
    early = step(d, "office", "propose_revocation", reason="不达标")
    [row] = Api("held").get("rectifications").json()["items"]
    path = f"rectifications/{row['id']}/steps"
    planned = Api("held").post(f"{path}/plan", {"plan": "两个月内完成"})
    reported = Api("held").post(f"{path}/report", {"report": "部分完成"})
    rejected = Api("office2").post(f"{path}/reject", {"reason": "仍不达标"})
    proposed = step(d, "office", "propose_revocation", reason="仍不达标")
    alone = step(d, "office", "revoke", reason="取消")
    revoked = step(d, "committee1", "revoke", reason="仍不达标。")

    assert code_of(early) == (422, "honour.rectification_not_failed")
    assert code_of(alone) == (403, "step.not_yours")
    assert [
        r.json()["status"] for r in (warned, ordered, planned, reported, rejected, proposed, revoked)
    ] == [
        "warned",
        "rectifying",
        "planned",
        "reported",
        "rejected",
        "revocation_proposed",
        "revoked",
    ]
    told = Api().get(f"public/honours/{d.honour.number}").json()
    assert (told["status"], told["revoked_on"]) == ("revoked", "2026-03-02")
    detail = Api("office").get(f"rectifications/{row['id']}").json()
    assert (detail["points_text"], detail["plan"], detail["result"]) == (
        "补齐台账",
        "两个月内完成",
        "仍不达标",
    )


def test_the_day_a_plaque_has_to_be_back_is_told_until_it_is(d):
    held = Api("office").get(f"honours/{d.honour.pk}").json()
    step(d, "held", "relinquish", reason="放弃")
    out = Api("office").get(f"honours/{d.honour.pk}").json()
    step(d, "office", "return_plaque", on="2026-03-02", returned_by="温若竹")
    back = Api("office").get(f"honours/{d.honour.pk}").json()

    days = [(told["plaque_due_on"], told["plaque_returned_on"]) for told in (held, out, back)]
    assert days == [(None, None), ("2026-03-16", None), (None, "2026-03-02")]
    assert back["plaque_returned_by"] == "温若竹"
