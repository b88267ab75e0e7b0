"""A draft tried out before it is published."""

from dataclasses import replace
from typing import Any

from services.workflow.commands.drafts import begin_draft
from services.workflow.domain.definition_codec import to_dict
from tests.workflow.cast import DEFINITION
from tests.workflow.web.desk import Desk, words

NEW = replace(DEFINITION, code="new", name="美丽社区创建")


def begin(d: Any, values: dict[str, Any]) -> int:
    draft: int = begin_draft(values=values, by=d.people["office"], key=None)["draft"]
    return draft


def test_every_step_is_shown_with_whoever_takes_it_and_where_it_leads(d):
    path = f"/programmes/drafts/{begin(d, to_dict(NEW))}/try"

    usual, every = Desk("office").get(path), Desk("office").get(f"{path}?all=1")

    assert (
        "全部申报对象" in words(usual) and "命名表彰" in words(usual) and "存在一票否决" not in words(usual)
    )
    assert every.text.count("<tr>") > usual.text.count("<tr>")


def test_a_faulty_draft_is_checked_first(d):
    draft = begin(d, {**to_dict(NEW), "title": ""})

    assert (
        Desk("office").get(f"/programmes/drafts/{draft}/try")["Location"]
        == f"/programmes/drafts/{draft}/check"
    )


def test_what_cannot_be_run_is_told_and_not_published(d):
    values: dict[str, Any] = to_dict(NEW)
    values["legs"][4]["body"] = {"role": "committee", "unit": "north"}
    draft = begin(d, values)

    tried = Desk("office").get(f"/programmes/drafts/{draft}/try")
    checked = Desk("office").get(f"/programmes/drafts/{draft}/check")
    published = Desk("office2").get(f"/programmes/drafts/{draft}/publish")

    assert "目前无法走完全程" in words(tried) and "目前无法走完全程" in words(checked)
    assert published["Location"] == f"/programmes/drafts/{draft}/check"
