"""Example rows (示例) for the 25 criteria that document 000 is cut off at, as the demonstration imports them.

Invented, marked as examples on every page, never the document's text. Writes the workbook beside the file:
python -m services.workflow.programmes.examples
"""

import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import django

from services.workflow.domain.definition_file import read
from services.workflow.domain.standard import Criterion, Method
from services.workflow.domain.standard_rows import StandardRow

FOLDER = Path(__file__).parent / "wenming-000"
WORKBOOK = FOLDER / "standard-example.xlsx"
FIRST_ROW = 3
REQUIREMENT = "示例：演示用条目，非来源文件原文。"

INDICATORS = (
    (
        "2",
        "社区管理规范有序",
        "dep-civil",
        "网格划分与值守 居务公开 居民议事协商 物业与业主组织指导 群众来信来访办理",
    ),
    (
        "3",
        "社区服务网络完善",
        "dep-civil",
        "便民服务站点 助老助残服务 就业与救助 卫生与健康服务 志愿服务登记与活动",
    ),
    (
        "4",
        "社区环境整洁优美",
        "dep-urban",
        "生活垃圾分类 楼道与公共空间 绿化养护 停车与道路秩序 宠物与噪声管理",
    ),
    ("5", "社区治安良好", "dep-peace", "群防群治队伍 矛盾纠纷调解 消防安全检查 流动人口登记 反诈与禁毒宣传"),
    ("6", "文体教育与邻里和谐", "dep-culture", "文体活动场所 读书与宣讲 未成年人教育 邻里互助 居民满意度"),
)
POINTS = {
    "2": (4, 3, 3, 3, 3),
    "3": (4, 4, 4, 3, 3),
    "4": (4, 3, 3, 3, 3),
    "5": (4, 3, 3, 3, 3),
    "6": (4, 3, 3, 3, 3),
}
EVIDENCE = {"3.2": ("助餐点现场照片",)}
METHODS = {"4": Method.ON_SITE, "6.5": Method.SURVEY}


def example_rows() -> list[StandardRow]:
    """The rows in the order of the workbook."""
    return [StandardRow(row, *parts) for row, parts in enumerate(_lines(), start=FIRST_ROW)]


def _lines() -> Iterator[tuple[str, str, Decimal, Criterion]]:
    for indicator, name, scorer, criteria in INDICATORS:
        points = POINTS[indicator]
        for n, criterion in enumerate(criteria.split()):
            code = f"{indicator}.{n + 1}"
            method = METHODS.get(code) or METHODS.get(indicator) or Method.PAPERS
            line = Criterion(
                code,
                criterion,
                Decimal(points[n]),
                scorer,
                method=method,
                requirement=REQUIREMENT,
                evidence=EVIDENCE.get(code, ()),
                example=True,
            )
            yield indicator, name, Decimal(sum(points)), line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "services.settings")
    django.setup()
    from services.workflow.documents.standard_template import standard_workbook  # app ready

    definition = read((FOLDER / "programme.toml").read_text(encoding="utf-8"))
    WORKBOOK.write_bytes(standard_workbook(definition, example_rows()))


if __name__ == "__main__":
    main()
