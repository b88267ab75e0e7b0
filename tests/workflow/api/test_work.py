"""What is done about work without moving it, by HTTP."""

import pytest

from tests.workflow.api.client import Api, code_of
from tests.workflow.cast import District


def at(d: District, act: str) -> str:
    return f"side-acts/declaration/{d.cases['preliminary']}/{act}"


def test_claimed_and_given_back(d: District) -> None:
    api = Api("songxi")

    taken = api.post(at(d, "claim")).json()
    second = Api("songxi2").post(at(d, "claim"))
    back = api.post(at(d, "release")).json()

    own = {"kind": "declaration", "id": d.cases["preliminary"]}
    assert (taken, back) == ({**own, "assignee": d.people["songxi"].member_id}, {**own, "assignee": None})
    assert code_of(second) == (409, "work.claimed")


def test_handed_on_urged_and_copied(d: District) -> None:
    to = d.people["songxi2"].person
    urged = Api("preliminary").post(at(d, "urge"), {"text": "请抓紧"}).json()["urged"]
    copied = (
        Api("songxi").post(at(d, "copy"), {"to": [d.people["office"].person], "note": "请阅"}).json()["to"]
    )
    given = Api("songxi").post(at(d, "reassign"), {"to": to, "reason": "出差"}).json()["assignee"]
    [row] = Api("office").get("copies").json()["items"]
    seen = Api("office").post(f"copies/{row['id']}/seen").json()["seen_at"]

    assert (urged, copied, given) == (1, [d.people["office"].person], to)
    assert (row["note"], row["seen_at"], seen is None) == ("请阅", None, False)


def test_a_deputy_acts_by_the_office_named(d: District) -> None:
    body = {"to": d.people["songxi2"].person, "begins": "2026-03-02", "ends": "2026-03-03", "reason": "出差"}
    office, path = str(d.people["songxi"].office), f"declarations/{d.cases['preliminary']}/steps/endorse"
    before = Api("songxi2").post(path, {}, X_Office=office)
    made = Api("songxi").post("deputies", body)

    done = Api("songxi2").post(path, {}, X_Office=office)
    entry = Api("office").get(f"declarations/{d.cases['preliminary']}/history").json()["items"][-1]
    Api("songxi").post(f"deputies/{made.json()['deputy']}/revoke")

    assert (code_of(before), made.status_code, done.status_code) == ((403, "office.not_yours"), 201, 200)
    assert (entry["actor_name"], entry["for_name"]) == ("songxi2", "songxi")
    assert Api("songxi2").get("inbox", X_Office=office).status_code == 403


def test_relations_bar_and_what_was_refused_is_read_by_the_audit_administrator(d: District) -> None:
    api = Api("songxi")
    made = api.post("relations", {"nature": "kin", "unit": d.units["preliminary"]}).json()["relation"]
    refused = api.post(f"declarations/{d.cases['preliminary']}/steps/endorse", {})
    [kept] = Api("audit-admin").get("refused-acts").json()["items"]

    assert code_of(refused) == (403, "conflict.related")
    assert (kept["member"], kept["step"], kept["code"]) == (
        d.people["songxi"].member_id,
        "endorse",
        "conflict.related",
    )
    assert Api("office").get("refused-acts").json()["items"] == []
    assert api.post(f"relations/{made}/end").status_code == 200
    assert api.get("relations").json()["items"][0]["ended_at"] is not None


@pytest.mark.parametrize(
    ("path", "body"), [("views", {"name": "超期", "query": "due=late"}), ("phrases", {"text": "同意"})]
)
def test_views_and_phrases_are_kept_and_forgotten(d: District, path: str, body: dict[str, str]) -> None:
    api = Api("songxi")
    made = api.post(path, body)
    [row] = api.get(path).json()["items"]

    assert made.status_code == 201 and body.items() <= row.items()
    assert Api("songxi2").get(path).json()["items"] == []
    assert api.delete(f"{path}/{row['id']}").status_code == 200
    assert api.get(path).json()["items"] == []


def test_a_recusal_gives_it_to_a_colleague(d: District) -> None:
    to = d.people["songxi2"].person

    assert Api("songxi").post(at(d, "recuse"), {"reason": "亲属", "to": to}).json()["assignee"] == to


def test_an_opinion_is_asked_for_and_given(d: District) -> None:
    case = d.cases["preliminary"]
    asked = Api("songxi").post(
        f"side-acts/declaration/{case}/cosign", {"to": d.people["office"].person, "reason": "是否齐全"}
    )
    given = Api("office").post(f"side-acts/declaration/{case}/opinion", {"text": "齐全"})

    assert (asked.status_code, asked.json()["to"]) == (200, d.people["office"].person)
    assert (given.status_code, given.json()) == (200, {"kind": "declaration", "id": case})
