"""A vote on paper, its meeting and its minutes over the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.workflow import cast
from tests.workflow.api.client import Api, code_of

MEMBERS = ("committee1", "committee2", "committee3")
HELD = {"held_on": "2026-03-02", "place": "第二会议室", "chair": "许静", "recorder": "罗平"}


@pytest.fixture
def round_id(d):
    body = {"edition": d.edition, "cases": [d.cases["vote"]], "on_paper": True}
    return Api("office").post("slates", body).json()["round"]


def count_of(d, for_=3, version=None):
    return {
        "attendance": [{"member": d.people[who].member_id, "present": True} for who in MEMBERS],
        "counts": [{"case": d.cases["vote"], "for": for_, "against": 0, "abstain": 0}],
        "version": version,
    }


def attach(who, round_id, version):
    file = SimpleUploadedFile("计票单.pdf", cast.PDF, "application/pdf")
    api = Api(who)
    return api.client.post(
        f"/api/v1/rounds/{round_id}/sheet",
        {"file": file},
        headers={**api.headers, "If-Match": f'"{version}"'},
    )


def test_a_secret_vote_is_counted_confirmed_and_put_on_record(d, round_id):
    office, scrutineer = Api("office"), Api("committee2")

    entered = office.post(f"rounds/{round_id}/count", count_of(d))
    attached = attach("office", round_id, 1)
    seen = scrutineer.get(f"rounds/{round_id}/count").json()
    confirmed = scrutineer.post(f"rounds/{round_id}/confirm", {"version": seen["version"]})
    office.post(f"rounds/{round_id}/meeting", HELD)

    told = office.get(f"rounds/{round_id}").json()
    files = [office.get(f"rounds/{round_id}/minutes.{kind}") for kind in ("docx", "pdf")]
    assert (entered.json()["version"], attached.status_code, seen["version"]) == (1, 201, 2)
    assert [row["case"] for row in confirmed.json()["moved"]] == [d.cases["vote"]]
    assert (told["on_paper"], told["tallies"][str(d.cases["vote"])]["for"]) == (True, 3)
    assert [file.status_code for file in files] == [200, 200]
    assert [file.content[:4] for file in files] == [b"PK\x03\x04", b"%PDF"]
    assert Api("committee1").get(f"ballots?round={round_id}").json()["items"] == []


def test_refusals_have_their_codes(d, round_id):
    office = Api("office")
    task = cast.tasks_of(round_id)[0]

    voted = Api(cast.asked(d, task).name).post(f"tasks/{task.pk}/decision", {"verdict": "for"})
    closed = office.post(f"rounds/{round_id}/close")
    wrong = office.post(f"rounds/{round_id}/count", count_of(d, 2))
    office.post(f"rounds/{round_id}/count", count_of(d))
    again = office.post(f"rounds/{round_id}/count", count_of(d))
    same = office.post(f"rounds/{round_id}/confirm", {"version": 1})
    early = office.get(f"rounds/{round_id}/minutes.pdf")
    foreign = Api("songxi").get(f"rounds/{round_id}/count")

    assert [code_of(r) for r in (voted, closed, wrong, again, same, early, foreign)] == [
        (409, "vote.on_paper"),
        (409, "vote.not_counted"),
        (422, "vote.count_mismatch"),
        (409, "overtaken"),
        (403, "vote.same_person"),
        (422, "vote.still_open"),
        (404, "round.unknown"),
    ]


def test_a_member_recuses_and_is_told_with_the_reason(d, round_id):
    told = Api("committee3").post(
        f"rounds/{round_id}/recusals", {"case": d.cases["vote"], "reason": "亲属任职"}
    )

    recusals = Api("office").get(f"rounds/{round_id}/count").json()["recusals"]
    member = d.people["committee3"].member_id
    assert told.status_code == 201
    assert recusals == [{"case": d.cases["vote"], "member": member, "reason": "亲属任职"}]


def test_a_vote_is_changed_by_who_saw_the_last_one(d):
    body = {"edition": d.edition, "cases": [d.cases["vote"]], "held_open": True}
    round_id = Api("office").post("slates", body).json()["round"]
    task = cast.tasks_of(round_id)[0]
    api = Api(cast.asked(d, task).name)

    first = api.post(f"tasks/{task.pk}/decision", {"verdict": "for"}).json()
    blind = api.post(f"tasks/{task.pk}/decision", {"verdict": "against"})
    changed = api.post(f"tasks/{task.pk}/decision", {"verdict": "against", "version": first["version"]})

    assert code_of(blind) == (409, "overtaken")
    assert changed.status_code == 200
    mine = api.get(f"ballots?round={round_id}").json()["items"]
    assert sorted(row["choice"] for row in mine) == ["against", "for"]
