"""Drafts and versions by HTTP."""

from dataclasses import replace

import pytest

from services.workflow.commands.programmes import publish_version
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.definition_codec import to_dict
from services.workflow.models import ProgrammeDraft, ProgrammeVersion
from tests.workflow.api.client import Api, code_of
from tests.workflow.cast import DEFINITION

NEW = to_dict(replace(DEFINITION, code="new", name="美丽社区创建"))


def test_a_programme_is_drafted_checked_and_published_by_two_people(d):
    office, second = Api("office"), Api("office2")
    made = office.post("programmes/drafts", {"definition": {**NEW, "pass_mark": "九十"}})
    path = f"programmes/drafts/{made.json()['id']}"

    found = office.get(f"{path}/check").json()
    saved = office.send("PATCH", path, {"parts": {"pass_mark": "85"}, "revision": 0}).json()
    clean = office.get(f"{path}/check").json()
    own = office.post(f"{path}/publish", {"revision": 1})
    told = second.post(f"{path}/publish", {"revision": 1}).json()

    assert (made.status_code, found["ok"], saved["revision"], clean["ok"]) == (201, False, 1, True)
    assert found["faults"] == [
        {
            "key": "pass_mark",
            "path": ["pass_mark"],
            "code": "programme.wrong_type",
            "detail": "此处应为数字。",
        }
    ]
    assert code_of(own) == (403, "draft.own_work")
    assert (told["number"], told["reopened"]) == (1, [])
    assert ProgrammeVersion.objects.get(pk=told["version"]).definition["pass_mark"] == "85"


def test_a_stale_part_comes_back(d):
    office = Api("office")
    path = f"programmes/drafts/{office.post('programmes/drafts', {'name': '新项目'}).json()['id']}"
    Api("office2").send("PATCH", path, {"parts": {"title": "同事写的"}, "revision": 0})

    stale = office.send("PATCH", path, {"parts": {"title": "我写的"}}, If_Match='"0"')
    free = office.send("PATCH", path, {"parts": {"summary": "一句话"}}, If_Match='"0"')
    without = office.send("PATCH", path, {"parts": {"summary": "一句话"}})
    read = office.get(path)

    assert (code_of(stale), code_of(without)) == ((409, "overtaken"), (422, "field.missing"))
    assert (free.json()["revision"], read["ETag"], read.json()["definition"]["title"]) == (
        2,
        '"2"',
        "同事写的",
    )


@pytest.mark.parametrize("who", ["songxi", "north-office", "committee1"])
def test_drafts_are_the_hosts_own(d, who):
    made = Api("office").post("programmes/drafts", {"name": "新项目"}).json()["id"]

    assert code_of(Api(who).get(f"programmes/drafts/{made}")) == (404, "draft.not_found")
    assert Api(who).get("programmes/drafts").json()["items"] == []


def test_a_draft_is_listed_and_thrown_away(d):
    office = Api("office")
    made = office.post("programmes/drafts", {"programme": d.programme}).json()["id"]

    listed = [(one["id"], one["programme"]) for one in office.get("programmes/drafts").json()["items"]]
    office.delete(f"programmes/drafts/{made}")

    assert listed == [(made, d.programme)] and not ProgrammeDraft.objects.exists()


def test_versions_are_listed_read_and_told_apart(d):
    publish_version(replace(DEFINITION, title="新称号"), by=SYSTEM, key=None)
    api, path = Api("songxi"), f"programmes/{d.programme}/versions"

    listed = api.get(path).json()["items"]
    second = api.get(f"{path}/2").json()
    told = api.get(f"{path}/2/difference").json()
    back = api.get(f"{path}/1/difference?before=2").json()

    assert [one["number"] for one in listed] == [2, 1]
    assert (second["hash"], second["definition"]["title"]) == (listed[0]["hash"], "新称号")
    assert told == {
        "programme": d.programme, "from": 1, "to": 2,
        "changes": [{"path": ["title"], "change": "changed", "before": "示例社区", "after": "新称号"}],
    }  # fmt: skip
    assert (back["from"], back["to"]) == (2, 1)
    assert code_of(api.get(f"{path}/1/difference")) == (404, "version.not_found")
