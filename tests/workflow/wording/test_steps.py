"""Every step of every machine has its name of the glossary."""

import re

import pytest
from django.utils import translation

from services.workflow.commands.steps import MODELS
from services.workflow.models.lifecycle.steps import all_steps
from services.workflow.wording.steps import BY_KIND, STEPS, step_label

HAN = re.compile(r"[\u4e00-\u9fff]")
NOT_OF_A_CASE = {
    *("create", "begin", "table", "draw_up", "close_round", "open_edition", "score", "administer"),
    *("import_units", "import_people", "load_calendar", "begin_draft", "own_check", "put_template"),
}


def test_every_step_has_a_name_and_no_name_lacks_its_step():
    taken = {step for model in MODELS.values() for step in all_steps(model)}

    assert taken | NOT_OF_A_CASE == set(STEPS)


def test_every_name_is_chinese_in_chinese_and_english_in_english():
    tables = [STEPS, *BY_KIND.values()]

    with translation.override("zh-hans"):
        assert [code for table in tables for code, name in table.items() if not HAN.search(str(name))] == []
    with translation.override("en"):
        assert [code for table in tables for code, name in table.items() if HAN.search(str(name))] == []


@pytest.mark.parametrize(
    ("kind", "step", "name"),
    [
        ("declaration", "return", "退回补正"),
        ("declaration", "take_back", "收回"),
        ("declaration", "withdraw", "撤回"),
        ("programme", "withdraw", "撤销"),
        ("declaration", "decline", "不予通过"),
        ("declaration", "pass_over", "落选"),
        ("declaration", "endorse", "上报"),
        ("declaration", "confirm", "资格确认"),
        ("declaration", "decide", "审定"),
        ("round_task", "decide", "办理"),
        ("declaration", "confer", "命名表彰"),
        ("honour", "retain", "保持"),
        ("honour", "warn", "警告"),
        ("honour", "order_rectification", "限期整改"),
        ("honour", "propose_revocation", "提请取消称号"),
        ("honour", "revoke", "取消称号"),
        ("declaration", "raise_veto", "一票否决"),
        ("declaration", "lift_veto", "解除一票否决"),
        ("declaration", "disqualify", "取消资格"),
        ("", "endorse", "上报"),
        ("declaration", "made_up", "made_up"),
    ],
)
def test_names_are_those_of_the_glossary(kind, step, name):
    assert step_label(kind, step) == name
