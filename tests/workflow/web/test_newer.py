"""What somebody else did in the meantime."""

from services.workflow.commands import declare
from services.workflow.queries.declaration_page import sheet_of
from services.workflow.web.newer import overtaken_case
from tests.workflow import cast


def test_the_newest_step_is_named_with_who_took_it(d):
    cast.take("declaration", d.cases["preliminary"], "return", d.people["songxi"], reason="缺照片")

    newer = overtaken_case(d.cases["preliminary"], form_id="step")

    assert newer is not None
    assert (newer["who"], newer["what"], newer["form_id"]) == ("songxi社区 songxi", "退回补正", "step")


def test_a_newer_answer_outweighs_an_older_step(d):
    declare.save_answers(d.cases["draft"], {"2.1": {"points": "1"}}, by=d.people["draft"])
    sheet = sheet_of(d.cases["draft"], d.people["draft"])

    newer = overtaken_case(d.cases["draft"], form_id="file", saved=sheet)

    assert newer is not None and newer["who"] == "draft"


def test_what_does_not_exist_was_not_overtaken(d):
    assert overtaken_case(0, form_id="step") is None
