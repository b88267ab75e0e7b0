"""The report of a run as a page: settings, a table of the years, what was refused, and whether anything is violated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.workflow.management.simulation.counting import Counted
from services.workflow.management.simulation.harm import HARMS
from services.workflow.management.simulation.running import Scenario
from services.workflow.queries.invariants import names

WORDS = {
    "declared": "申报",
    "returned": "退回",
    "declined": "不予通过",
    "not_selected": "落选",
    "disqualified": "取消资格",
    "named": "命名",
    "objections": "异议",
    "sustained": "异议成立",
    "rereviews": "复评启动",
    "retained": "保持",
    "warned": "警告",
    "rectifications": "限期整改",
    "accepted": "整改通过",
    "proposed": "提请取消",
    "revoked": "取消称号",
    "lapsed": "期满失效",
    "relinquished": "放弃",
    "plaques": "奖牌交回",
    "passed_on": "承继",
    "late": "逾期事项",
}
HARM_WORDS = {
    "entry": "撤去荣誉的边界触发器，改一项称号的状态而不记台账",
    "history": "撤去台账的保护，删去一件申报的第二条记录",
    "due": "让一项已触发的期限重新待触发",
    "title": "撤去唯一索引，让一个单位两次持有同一称号",
}


@dataclass(frozen=True)
class Run:
    """What is told of a run beside its figures."""

    scenario: Scenario
    version: str
    seconds: float
    refused: dict[str, int]


def report(run: Run, counted: Counted, *, picture: str = "") -> str:
    """The page, in Markdown."""
    scenario, years = run.scenario, list(counted.years)
    setting = f"--years {scenario.years} --units {scenario.units} --seed {scenario.seed}"
    parts = [
        "# 仿真年度报告 · Simulated years",
        f"`manage.py simulate {setting}`，版本 {run.version}。"
        "全部动作由真实命令完成，时钟按天推进；区划、人员与日历均为虚构。",
        "Played by the real commands with a moved clock on invented units, people and calendars: "
        f"{counted.cases:,} cases, "
        f"{counted.entries:,} ledger entries, {counted.fired:,} deadlines and reminders fired, in {run.seconds:.0f} s.",
        *([f"![办理流向 · the flow]({picture})"] if picture else []),
        "## 逐年 · By year",
        table(
            ["", *map(str, years), "合计"],
            (
                [WORDS[column], *(str(counted.years[y][column]) for y in years),
                 str(sum(counted.years[y][column] for y in years))]
                for column in WORDS
            ),
        ),
        "“逾期事项”是到期时仍未办结、由系统提醒或督办的事项；“保持”包括复评通过、警告期满、整改通过和不予取消。",
        "## 被拒绝的动作 · Refused",
        "规则不允许的动作由命令拒绝，不留痕迹（除拒绝记录外）；仿真中的人会一再尝试。",
        table(["代码", "次数"], ([f"`{code}`", str(n)] for code, n in sorted(run.refused.items()))),
        "## 不变量 · Invariants",
        verdict(counted),
        "## 核对是否管用 · Whether the check tells",
        "`--break KIND` 在演完之后故意破坏数据库，报告与屏幕列出被违反的不变量，命令以 1 结束。"
        " With `--break KIND` the database is harmed after the run: what is violated is named, the exit status is 1.",
        table(
            ["KIND", "破坏", "至少违反 · breaks"],
            ([f"`{kind}`", HARM_WORDS[kind], ", ".join(f"`{code}`" for code in sorted(harm.breaks))]
             for kind, harm in HARMS.items()),
        ),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def verdict(counted: Counted) -> str:
    """How many were checked, and each that does not hold."""
    checked = names()
    if not counted.violated:
        return f"共核对 {len(checked)} 项，违反 0 项 · {len(checked)} checked, none violated: " + ", ".join(
            f"`{name}`" for name in checked
        )
    lines = [f"- `{one.code}` {one.about}: {one.what}" for one in counted.violated]
    broken = len({one.code for one in counted.violated})
    return "\n".join([f"共核对 {len(checked)} 项，违反 {broken} 项 · {broken} violated:", "", *lines])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
