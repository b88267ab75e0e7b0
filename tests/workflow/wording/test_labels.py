"""Every code that a case, a role or a verdict can have, has a name of the glossary."""

import re

import pytest
from django.utils import translation

from services.workflow.commands.steps import MODELS
from services.workflow.domain import stages
from services.workflow.domain.tally import Choice, Clearance, Found, Opinion
from services.workflow.models.round import RoundStatus
from services.workflow.models.round_note import NoteKind
from services.workflow.wording import labels

HAN = re.compile(r"[\u4e00-\u9fff]")
STATUSES = {
    "declaration": stages.Stage,
    "honour": stages.HonourStatus,
    "objection": stages.ObjectionStatus,
    "rectification": stages.RectificationStatus,
    "notice": stages.NoticeStatus,
    "programme": stages.ProgrammeStatus,
}
TABLES = [
    (labels.KINDS, {*stages.Kind, "round_task"}),
    (labels.STAGES, set(stages.Stage)),
    (labels.ROLES, {*stages.Role, "system"}),
    (labels.MODES, {*stages.Mode, stages.FINDING}),
    (labels.ROUND_STATUSES, set(RoundStatus)),
    (labels.ROUND_NOTES, set(NoteKind)),
    (labels.VERDICTS, {*Clearance, *Opinion, *Choice, *Found, "scored", "answered"}),
    *((labels.STATUSES[kind], set(statuses)) for kind, statuses in STATUSES.items()),
]


@pytest.mark.parametrize(("table", "codes"), TABLES)
def test_every_code_has_a_name_and_no_name_lacks_its_code(table, codes):
    assert set(table) == {str(code) for code in codes}


def test_every_kind_of_case_has_its_statuses():
    assert set(labels.STATUSES) == {str(kind) for kind in MODELS}


@pytest.mark.parametrize(
    "table",
    [
        labels.KINDS,
        labels.ROLES,
        labels.MODES,
        labels.ROUND_STATUSES,
        labels.ROUND_NOTES,
        labels.VERDICTS,
        labels.CAUSES,
        labels.CHANNELS,
        labels.OBJECTORS,
        labels.DOCUMENTS,
        *labels.STATUSES.values(),
    ],
)
def test_every_name_is_chinese_in_chinese_and_english_in_english(table):
    with translation.override("zh-hans"):
        assert [code for code, name in table.items() if not HAN.search(str(name))] == []
    with translation.override("en"):
        assert [code for code, name in table.items() if HAN.search(str(name))] == []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (labels.stage_label("not_selected"), "落选"),
        (labels.status_label("honour", "rectifying"), "限期整改中"),
        (labels.status_label("notice", "draft"), "拟稿"),
        (labels.status_label("declaration", "draft"), "自我申报"),
        (labels.place_label("draft"), "自我申报"),
        (labels.place_label("held"), "保持"),
        (labels.role_label("committee"), "文明委委员"),
        (labels.mode_label("countersign"), "联合审议"),
        (labels.verdict_label("recused"), "回避"),
        (labels.kind_label("round_task"), "待办"),
        (labels.round_status_label("NEW"), "进行中"),
        (labels.cause_label("due"), "到期复评"),
        (labels.channel_label("fax"), "传真"),
        (labels.objector_label("tip"), "匿名线索"),
        (labels.document_label("resolution"), "命名决定"),
    ],
)
def test_names_are_those_of_the_glossary(said, name):
    assert said == name


def test_a_code_without_a_name_shows_itself():
    assert (labels.stage_label("odd"), labels.place_label("odd"), labels.status_label("odd", "odd")) == (
        "odd",
    ) * 3
