"""Notices and objections as the office and the investigator work on them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services.workflow.models import IdentityLook, Objection
from tests.workflow import cast
from tests.workflow.api.client import Api, code_of
from tests.workflow.scanning.files import IDS, docx, word


def draw(d, who: str = "office", **change: object):
    body = {"edition": d.edition, "cases": [d.cases["notice"]], "title": "公示", "text": "现予公示", **change}
    return Api(who).post("notices", body)


def test_a_notice_is_drawn_up_prepared_and_released_by_two(d):
    made = draw(d)
    number = made.json()["id"]
    prepared = Api("office").post(f"notices/{number}/steps/prepare")
    alone = Api("office").post(f"notices/{number}/steps/release")
    released = Api("office2").post(f"notices/{number}/steps/release")

    assert (made.status_code, prepared.json()["status"]) == (201, "prepared")
    assert code_of(alone) == (403, "step.not_yours")
    assert released.json()["status"] == "released"
    told = Api("office").get(f"notices/{number}").json()
    assert (told["opened_on"], told["ends_on"]) == ("2026-03-02", "2026-03-09")
    assert [line["declaration"] for line in told["lines"]] == [d.cases["notice"]]


@pytest.mark.parametrize(
    ("who", "change", "refusal"),
    [
        ("committee1", {}, (403, "step.not_yours")),
        ("office", {"cases": []}, (422, "notice.empty")),
        ("office", {"title": ""}, (422, "field.missing")),
        ("office", {"title": "字" * 121}, (422, "field.too_long")),
        ("office", {"cases": [999_999_999]}, (404, "case.not_found")),
        ("office", {"edition": 999_999}, (404, "edition.not_found")),
    ],
)
def test_a_notice_that_cannot_be_drawn_up_has_a_code(d, who, change, refusal):
    assert code_of(draw(d, who, **change)) == refusal


def test_a_case_stands_on_one_open_notice_only(d):
    assert code_of(draw(d, cases=[d.cases["listed"]])) == (409, "notice.already_listed")
    assert code_of(draw(d, cases=[d.cases["vote"]])) == (422, "notice.case_not_ready")


def test_a_notice_is_not_closed_before_its_end(d):
    response = Api("office").post(f"notices/{d.notice}/steps/close")

    assert code_of(response) == (422, "notice.still_open")


def test_a_draft_is_for_the_office_only(d):
    number = draw(d).json()["id"]

    assert code_of(Api("committee1").get(f"notices/{number}")) == (404, "case.not_found")


@pytest.fixture
def objection(d):
    """One that the office has entered for somebody who came by."""
    body = {"notice": d.notice, "declaration": d.cases["listed"], "channel": "visit", **cast.OBJECTION}
    made = Api("office").post("objections", body)
    assert made.status_code == 201, made.content
    return made.json()["id"]


def test_an_objection_is_entered_by_the_office_alone(d):
    body = {"notice": d.notice, "declaration": d.cases["listed"], "channel": "phone", **cast.OBJECTION}

    assert code_of(Api("songxi").post("objections", body)) == (403, "step.not_yours")


def test_who_objects_stands_nowhere_but_behind_the_seal(d, objection):
    office = Api("office")
    pages = [
        office.get(path).content.decode()
        for path in ("objections", f"objections/{objection}", f"objections/{objection}/history")
    ]

    assert all("张三" not in page and "13800138000" not in page for page in pages)
    assert "情况不符" in pages[1]


@pytest.mark.parametrize("who", ["listed", "songxi", "dep-org", "investigator", "north-office"])
def test_an_objection_is_hidden_from_the_unit_its_town_and_whoever_has_no_part(d, objection, who):
    assert code_of(Api(who).get(f"objections/{objection}")) == (404, "case.not_found")
    assert Api(who).get("objections").json()["items"] == []


def handed_to_the_investigator(d, objection: int) -> int:
    member = d.people["investigator"].member_id
    office = Api("office")
    assert office.post(f"objections/{objection}/steps/receive").status_code == 200
    assert office.post(f"objections/{objection}/steps/assign", {"investigator": member}).status_code == 200
    return int(member)


def test_the_investigator_in_charge_opens_the_seal_and_the_look_is_kept(d, objection):
    handed_to_the_investigator(d, objection)

    told = Api("investigator").post(f"objections/{objection}/identity", {"purpose": "核实情况"})

    assert told.json() == {"name": "张三", "contact": "13800138000"}
    assert [look.purpose for look in IdentityLook.objects.all()] == ["核实情况"]


@pytest.mark.parametrize(
    ("who", "purpose", "refusal"),
    [
        ("office", "看看", (403, "identity.not_yours")),
        ("investigator2", "看看", (404, "case.not_found")),
        ("investigator", "  ", (422, "identity.purpose_missing")),
    ],
)
def test_nobody_else_does_and_not_without_a_purpose(d, objection, who, purpose, refusal):
    handed_to_the_investigator(d, objection)

    assert code_of(Api(who).post(f"objections/{objection}/identity", {"purpose": purpose})) == refusal
    assert not IdentityLook.objects.exists()


def test_a_judge_of_the_case_does_not_investigate_it(d, objection):
    office = Api("office")
    office.post(f"objections/{objection}/steps/receive")

    response = office.post(
        f"objections/{objection}/steps/assign", {"investigator": d.people["songxi"].member_id}
    )

    assert code_of(response) == (422, "objection.no_such_investigator")


def test_an_objection_goes_its_whole_way(d, objection):
    handed_to_the_investigator(d, objection)
    held = Api("office").get(f"declarations/{d.cases['listed']}").json()["version"]
    found = Api("investigator").post(f"objections/{objection}/steps/find", {"finding": "查无此事"})
    dismissed = Api("office").post(f"objections/{objection}/steps/dismiss", {"reason": "不成立"})
    replied = Api("office").post(f"objections/{objection}/steps/reply", {"reply": "经查不属实"})

    assert [r.json()["status"] for r in (found, dismissed, replied)] == ["found", "dismissed", "replied"]
    row = Objection.objects.get(pk=objection)
    assert Api().get(f"public/objections/{row.receipt}").json()["reply"] == "经查不属实"
    assert Api("office").get(f"declarations/{d.cases['listed']}").json()["version"] == held + 1


def test_a_file_is_handed_in_and_tells_what_was_found(d):
    number = draw(d).json()["id"]
    content = SimpleUploadedFile("说明.docx", docx(footnotes=word(IDS[0])))
    api = Api("office")

    made = api.client.post(f"/api/v1/notices/{number}/files", {"file": content}, headers=api.headers)
    told = api.get(f"notices/{number}").json()

    assert (made.status_code, made.json()["position"], made.json()["unread"]) == (201, 1, [])
    assert [one["masked"] for one in made.json()["found"]] == ["35*************238"]
    assert (told["exposed"][0]["where"], told["files"][0]["added_by"]) == ("file:1", "office")
    refused = api.post(f"notices/{number}/steps/prepare")
    assert code_of(refused) == (422, "notice.personal_number")
    assert (refused.json()["where"], refused.json()["masked"]) == ("file:1", "35*************238")


def test_the_public_reads_a_files_digest_and_address_only(d):
    number = draw(d).json()["id"]
    api = Api("office")
    content = SimpleUploadedFile("正文.docx", docx())
    api.client.post(f"/api/v1/notices/{number}/files", {"file": content}, headers=api.headers)
    api.post(f"notices/{number}/steps/prepare")
    Api("office2").post(f"notices/{number}/steps/release")

    (file,) = Api().get(f"public/notices/{number}").json()["files"]

    assert set(file) == {"position", "name", "media_type", "size", "sha256", "file"}
    assert file["file"] == f"/notices/{number}/files/1"
