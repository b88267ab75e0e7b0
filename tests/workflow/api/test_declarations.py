"""Declarations by HTTP: begun, written in, read by those who may."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services.workflow.models import Answer, Declaration
from tests.workflow import cast
from tests.workflow.api.client import Api, code_of


def test_a_unit_begins_its_declaration_once(d):
    idle = Api("idle")

    made = idle.post("declarations", {"edition": d.edition})
    again = idle.post("declarations", {"edition": d.edition})

    told = made.json()
    assert (made.status_code, made["Location"], made["ETag"]) == (
        201,
        f"/api/v1/declarations/{told['id']}",
        '"1.0"',
    )
    assert Declaration.objects.get(pk=told["id"]).unit_id == d.units["idle"]
    assert code_of(again) == (409, "declaration.exists")


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("songxi", (403, "step.not_yours")), ("north-community", (422, "declaration.not_a_subject"))],
)
def test_nobody_else_begins_one(d, who, refusal):
    assert code_of(Api(who).post("declarations", {"edition": d.edition})) == refusal


def test_an_unknown_edition_is_not_found(d):
    assert code_of(Api("idle").post("declarations", {"edition": 999_999})) == (404, "edition.not_found")


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("preliminary", True),
        ("songxi", True),
        ("office", True),
        ("dep-org", True),
        ("committee1", True),
        ("guihua", False),
        ("idle", False),
        ("north-office", False),
        ("audit-admin", False),
    ],
)
@pytest.mark.parametrize("part", ["", "/history", "/scores", "/evidence", "/gaps"])
def test_a_filed_declaration_is_read_in_its_district_and_nowhere_else(d, who, sees, part):
    response = Api(who).get(f"declarations/{d.cases['preliminary']}{part}")

    if sees:
        assert response.status_code == 200
    else:
        assert code_of(response) == (404, "case.not_found")


@pytest.mark.parametrize("who", ["songxi", "office", "begun"])
def test_a_draft_is_its_units_own_affair(d, who):
    assert code_of(Api(who).get(f"declarations/{d.cases['draft']}")) == (404, "case.not_found")
    assert d.cases["draft"] not in [
        row["id"] for row in Api(who).get("declarations?limit=200").json()["items"]
    ]


def test_the_detail_carries_its_version_and_what_was_written(d):
    case = d.case("preliminary")

    response = Api("songxi").get(f"declarations/{case.pk}")

    told = response.json()
    assert response["ETag"] == f'"{case.version}.{case.revision}"'
    assert told["answers"]["1.1"]["points"] == "40.00"
    assert told["answers"]["2.2"]["figures"] == {"area": {"value": "80"}}
    assert told["steps"] == ["decline", "endorse", "return"]
    assert (told["unit"], told["town"], told["leg_name"]) == ("preliminary社区", "songxi社区", "街镇初评")


def test_lists_can_be_narrowed(d):
    api = Api("office")

    named = api.get("declarations?stage=named").json()["items"]
    returned = api.get(f"declarations?unit={d.units['returned']}").json()["items"]

    assert [row["id"] for row in named] == [d.cases["held"]]
    assert [row["id"] for row in returned] == [d.cases["returned"]]


def save(d, who: str, answers: dict[str, object], code: str = "begun"):
    return Api(who).put(f"declarations/{d.cases[code]}/answers", {"answers": answers})


def test_answers_are_kept_field_by_field(d):
    first = save(d, "begun", {"1.1": {"points": 39.5}, "1.2": {"statement": "制度健全"}})
    second = save(d, "begun2", {"1.1": {"points": "40", "revision": 1}})

    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json()["answers"] == {"1.1": 2}
    kept = dict(Answer.objects.filter(declaration=d.cases["begun"]).values_list("criterion", "statement"))
    assert kept == {"1.1": "", "1.2": "制度健全"}


def test_a_save_over_a_colleagues_is_refused_with_what_is_kept(d):
    save(d, "begun", {"1.1": {"points": "39.5"}})

    response = save(d, "begun2", {"1.1": {"points": "12", "revision": 0}})

    assert code_of(response) == (409, "overtaken")
    assert {name: response.json()[name] for name in ("criterion", "revision", "points")} == {
        "criterion": "1.1",
        "revision": 1,
        "points": "39.50",
    }


@pytest.mark.parametrize(
    ("seen", "status"),
    [("1.0", 200), ("1", 200), ("*", 200), ("1.7", 409), ("2", 409), ("x", 400)],
)
def test_a_save_is_guarded_by_what_was_seen_of_the_whole(d, seen, status):
    path = f"declarations/{d.cases['begun']}/answers"

    response = Api("begun").put(
        path, {"answers": {"1.1": {"points": "1"}}}, If_Match=f'"{seen}"' if seen != "*" else "*"
    )

    assert response.status_code == status


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"1.1": {"points": "40.01"}}, "score.above_maximum"),
        ({"1.1": {"points": "-1"}}, "score.below_zero"),
        ({"1.1": {"points": "四十"}}, "score.not_a_number"),
        ({"1.1": {"points": "NaN"}}, "score.not_a_number"),
        ({"1.1": {"points": "1e1"}}, "score.not_a_number"),
        ({"1.1": {"points": "1.001"}}, "score.too_fine"),
        ({"9.9": {"points": "1"}}, "score.unknown_criterion"),
        ({"1.1": {"figures": {"cards": {"numerator": "some"}}}}, "field.not_a_number"),
        ({"1.1": {"figures": {"height": {"value": "1"}}}}, "field.invalid"),
        ({"1.2": {"statement": "字" * 2001}}, "field.too_long"),
    ],
)
def test_what_cannot_be_kept_has_a_code_and_keeps_nothing(d, answers, code):
    response = save(d, "begun", {"2.1": {"points": "1"}, **answers})

    assert code_of(response) == (422, code)
    assert not Answer.objects.filter(declaration=d.cases["begun"]).exists()


@pytest.mark.parametrize(
    ("who", "code"), [("draft", "begun"), ("songxi", "preliminary"), ("office", "preliminary")]
)
def test_nobody_writes_in_anothers_declaration(d, who, code):
    assert code_of(save(d, who, {"1.1": {"points": "1"}}, code)) == (404, "case.not_found")


def test_what_is_filed_is_not_written_in(d):
    assert code_of(save(d, "preliminary", {"1.1": {"points": "1"}}, "preliminary")) == (
        422,
        "declaration.not_editable",
    )


def test_filing_with_gaps_is_refused_and_the_gaps_are_listed(d):
    case = d.cases["begun"]

    refused = Api("begun").post(f"declarations/{case}/steps/submit", {})
    gaps = Api("begun").get(f"declarations/{case}/gaps").json()["items"]

    assert code_of(refused) == (422, "declaration.incomplete")
    assert [(gap["criterion"], gap["code"], gap["blocks"]) for gap in gaps] == [
        (criterion, "answer.missing", True) for criterion in ("1.1", "1.2", "2.1", "2.2")
    ]
    assert gaps[0]["detail"] == "尚未填写"


def attach(d, who: str, name: str, content: bytes, criterion: str = "1.2", code: str = "begun"):
    api = Api(who)
    file = SimpleUploadedFile(name, content)
    path = f"/api/v1/declarations/{d.cases[code]}/evidence"
    return api.client.post(path, {"criterion": criterion, "file": file}, headers=api.headers)


def test_evidence_is_attached_read_back_and_removed(d, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    made = attach(d, "begun", "制度.pdf", cast.PDF)
    number = made.json()["id"]
    api = Api("begun")

    file = api.get(f"files/{number}")
    listed = api.get(f"declarations/{d.cases['begun']}/evidence").json()["items"]
    removed = api.delete(f"evidence/{number}")

    assert (made.status_code, made["Location"]) == (201, f"/api/v1/files/{number}")
    assert file.content == cast.PDF
    assert file["Content-Disposition"].startswith("attachment;")
    assert (file["X-Content-Type-Options"], file["Content-Type"]) == ("nosniff", "application/pdf")
    assert [row["id"] for row in listed] == [number]
    assert removed.json()["id"] == number
    assert api.get(f"declarations/{d.cases['begun']}/evidence").json()["items"] == []


@pytest.mark.parametrize(
    ("name", "content", "criterion", "refusal"),
    [
        ("run.exe", b"MZ" + b"\0" * 100, "1.2", (422, "file.kind_forbidden")),
        ("page.html", b"<script>alert(1)</script>", "1.2", (422, "file.kind_forbidden")),
        ("picture.png", cast.PDF, "1.2", (422, "file.kind_mismatch")),
        ("large.pdf", cast.PDF + b"x" * (20 * 1024 * 1024), "1.2", (413, "file.too_large")),
        ("good.pdf", cast.PDF, "9.9", (422, "score.unknown_criterion")),
    ],
)
def test_a_file_that_is_not_taken_has_a_code(d, settings, tmp_path, name, content, criterion, refusal):
    settings.FILES_DIR = tmp_path

    assert code_of(attach(d, "begun", name, content, criterion)) == refusal
    assert list(tmp_path.rglob("*.*")) == []


def test_scores_stand_side_by_side_with_totals(d):
    told = Api("office").get(f"declarations/{d.cases['vote']}/scores").json()

    assert set(told["totals"]) == {"self", "department"}
    assert told["totals"]["department"]["points"] == "100.00"
    assert told["totals"]["department"]["passed"] is True
    [line] = [line for line in told["items"] if line["criterion"] == "1.1"]
    assert (line["self"]["points"], line["department"]["points"], line["apart"]) == ("40.00", "40.00", False)


@pytest.mark.parametrize("who", ["vote", "songxi"])
def test_unit_and_town_do_not_see_the_departments_scores_before_the_notice(d, who):
    told = Api(who).get(f"declarations/{d.cases['vote']}/scores").json()

    assert set(told["totals"]) == {"self"}
    assert "department" not in json.dumps(told["items"])


def test_the_record_has_every_step_with_its_chain(d):
    told = Api("office").get(f"declarations/{d.cases['returned']}/history").json()

    assert [entry["step"] for entry in told["items"]] == ["create", "submit", "return"]
    assert [entry["seq"] for entry in told["items"]] == [1, 2, 3]
    last = told["items"][-1]
    assert (last["reason"], last["actor_name"], last["role"]) == ("缺材料", "songxi", "town")
    assert last["previous"] == told["items"][-2]["hash"]
    assert (told["version"], told["place"], told["leg"], told["next"]) == (3, "returned", 0, None)


def test_a_declaration_tells_the_standard_it_is_held_to(d):
    told = Api("draft").get(f"declarations/{d.cases['draft']}/standard").json()

    assert [indicator["code"] for indicator in told["standard"]["indicators"]] == ["1", "2"]
    assert code_of(Api("idle").get(f"declarations/{d.cases['draft']}/standard")) == (404, "case.not_found")


def test_a_return_is_chosen_listed_and_read(d):
    cast.rule(d, legs=cast.with_legs(confirmation={"return_to": ("declare", "preliminary")}))
    cast.set_clock(cast.NOW + dt.timedelta(hours=1))
    committee, case = Api("committee1"), d.cases["confirmation"]
    before = committee.get(f"declarations/{case}/returns").json()

    body = {"reason": "有误", "to": "preliminary", "corrections": [{"part": "1.1", "note": "补名册"}]}
    moved = committee.post(f"declarations/{case}/steps/return", body).json()

    after = Api("songxi").get(f"declarations/{case}/returns").json()
    assert [(choice["key"], choice["usual"]) for choice in before["choices"]] == [
        ("declare", True),
        ("preliminary", False),
    ]
    assert (moved["stage"], moved["leg"], before["items"]) == ("preliminary_review", 1, [])
    (item,) = after["items"]
    assert (item["asked_at"], item["to"], item["is_open"]) == ("审定资格", "街镇初评", True)
    assert item["points"] == [{"part": "1.1", "name": "党组织", "note": "补名册", "changed": False}]


def test_where_nothing_is_returned_there_is_nothing_to_choose(d):
    told = Api("office").get(f"declarations/{d.cases['notice']}/returns").json()

    assert told == {"choices": [], "items": [], "next": None}
