"""The list of programmes, a draft's overview, its faults, and its publication."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from services.workflow.commands.drafts import begin_draft, save_draft
from services.workflow.domain.definition_codec import to_dict
from services.workflow.models import Programme, ProgrammeDraft, ProgrammeVersion
from tests.workflow.cast import DEFINITION
from tests.workflow.web.desk import Desk, words

NEW = replace(DEFINITION, code="new", name="美丽社区创建")


def begin(d: Any, values: dict[str, Any]) -> int:
    draft: int = begin_draft(values=values, by=d.people["office"], key=None)["draft"]
    return draft


def test_the_list_tells_admission_and_the_drafts_of_the_office(d):
    begin(d, to_dict(NEW))

    office, town = Desk("office").get("/programmes"), Desk("songxi").get("/programmes")

    assert "示例社区创建 office社区 已准入" in words(office) and "美丽社区创建 新项目" in words(office)
    assert "美丽社区创建" not in words(town)


def test_a_draft_begins_with_a_name(d):
    answer = Desk("office").send("/programmes/drafts/new", name="美丽社区创建")

    draft = ProgrammeDraft.objects.get()
    assert answer["Location"] == f"/programmes/drafts/{draft.pk}/parts/names"


def test_a_draft_without_a_name_is_refused_at_its_field(d):
    answer = Desk("office").send("/programmes/drafts/new", name=" ")

    assert (answer.status_code, ProgrammeDraft.objects.exists()) == (422, False)


def test_who_hosts_nothing_begins_nothing(d):
    assert Desk("dep-org").get("/programmes/drafts/new").status_code == 403


def test_the_next_version_begins_from_the_programmes_page(d):
    page = Desk("office").get(f"/programmes/{d.programme}")

    answer = Desk("office").post(f"/programmes/{d.programme}/draft", key=str(uuid4()))

    assert f'action="/programmes/{d.programme}/draft"' in page.text
    assert answer["Location"] == f"/programmes/drafts/{ProgrammeDraft.objects.get().pk}"


def test_the_overview_counts_what_is_left_and_draws_the_route(d):
    draft = begin(d, {**to_dict(NEW), "pass_mark": "九十", "title": ""})

    page = Desk("office").get(f"/programmes/drafts/{draft}")

    assert "名称与主办单位 1 处待改" in words(page) and "达标线、名额与等级 1 处待改" in words(page)
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="route"' in page.text and "1　自我申报" in page.text


def test_the_check_lists_every_fault_at_once_with_its_field(d):
    values: dict[str, Any] = {**to_dict(NEW), "pass_mark": "九十", "title": ""}
    values["legs"][1]["due_days"] = "十"
    draft = begin(d, values)

    page = Desk("office").get(f"/programmes/drafts/{draft}/check")

    assert "3 处待改" in words(page) and "环节 2 街镇初评 › 期限（工作日）" in words(page)
    assert f'href="/programmes/drafts/{draft}/parts/route?check=1#f-legs-1-due_days"' in page.text


def test_a_second_person_publishes_and_the_first_is_told_to_ask_one(d):
    draft = begin(d, to_dict(NEW))
    path = f"/programmes/drafts/{draft}/publish"

    own = Desk("office").get(path)
    refused = Desk("office").send(path)
    published = Desk("office2").send(path)

    assert "请由本单位另一位同事审阅后发布" in words(own) and "发布该版本" not in own.text
    assert (refused.status_code, published.status_code) == (403, 302)
    assert Programme.objects.get(code="new").status == "draft"


def test_what_changes_is_shown_before_the_next_version_is_published(d):
    draft = begin_draft(programme=d.programme, by=d.people["office"], key=None)["draft"]
    save_draft(draft, {"cycle_months": 24}, revision=0, by=d.people["office"])

    page = Desk("office2").get(f"/programmes/drafts/{draft}/publish")
    Desk("office2").send(f"/programmes/drafts/{draft}/publish")

    assert "周期（月） 改动 12 24" in words(page)
    assert ProgrammeVersion.objects.filter(programme=d.programme).count() == 2
    assert Programme.objects.get(pk=d.programme).status == "draft"


def test_a_faulty_draft_is_sent_to_its_check(d):
    draft = begin(d, {**to_dict(NEW), "title": ""})

    answer = Desk("office2").get(f"/programmes/drafts/{draft}/publish")

    assert answer["Location"] == f"/programmes/drafts/{draft}/check"


def test_a_draft_is_thrown_away(d):
    draft = begin(d, to_dict(NEW))

    Desk("office2").post(f"/programmes/drafts/{draft}/discard", key=str(uuid4()))

    assert not ProgrammeDraft.objects.exists()
