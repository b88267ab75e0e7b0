"""Further programmes of the demo, for their admission: one that waits for the leading group, one that was refused."""

import uuid
from dataclasses import replace

from services.workflow.commands.programmes import publish_version
from services.workflow.commands.steps import take_step
from services.workflow.domain.actor import SYSTEM
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import Admission
from services.workflow.management.demo_people import acting

WAITING = Admission(
    participants=120,
    reward="不发奖金",
    funding="区文明办年度经费",
    form="授牌",
    notice_working_days=5,
)
REFUSED = replace(WAITING, reward="每个社区奖励两万元", notice_working_days=None)
WHY_REFUSED = "示例：与文明社区创建的评选内容重复，奖励标准缺少依据，不予准入。"


def propose_further(pattern: Definition) -> None:
    """Two programmes after the pattern of the one that is admitted; they say that they are examples."""
    _propose(pattern, "lvse-demo", "绿色社区创建", "绿色社区", WAITING)
    refused = _propose(pattern, "shuxiang-demo", "书香社区创建", "书香社区", REFUSED)
    take_step(
        "programme",
        refused,
        "refuse",
        by=acting("leading-group"),
        key=uuid.uuid4(),
        reason=WHY_REFUSED,
    )


def _propose(pattern: Definition, code: str, name: str, title: str, admission: Admission) -> int:
    """A programme that begins this year, put before the leading group."""
    definition = replace(
        pattern,
        code=code,
        name=name,
        title=title,
        summary=f"示例项目：{name}。",
        first_year=None,
        legal_basis=("示例文件",),
        admission=admission,
        source="",
        facts=(),
    )
    programme: int = publish_version(definition, by=SYSTEM, key=None)["programme"]
    take_step("programme", programme, "propose", by=acting("office"), key=uuid.uuid4())
    return programme
