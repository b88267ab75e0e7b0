"""A hundred papers of one kind typeset at once, as after a naming; warm, as a worker that has made one before."""

import json
import sys
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import bench.inside.actors  # noqa: F401  # sets Django up
from services.workflow.documents.fonts import FontShelf
from services.workflow.documents.papers import Annex, Certificate, ListRow, Resolution
from services.workflow.documents.rendering import render, render_all

CERTIFICATE = Certificate(
    holder="松风社区居民委员会",
    honour="云岭区文明社区",
    text="在2026年度创建工作中成绩显著，特授予：",
    issuers=("中共云岭区委", "云岭区人民政府"),
    honour_number="WENMING-000-H-2026-0001",
    register_url="https://honours.example/register/WENMING-000-H-2026-0001",
    dated=date(2026, 10, 23),
)
DECISION = Resolution(
    issuers=("中共云岭区委员会", "云岭区人民政府"),
    number="云委发〔2026〕1号",
    title=("中共云岭区委员会　云岭区人民政府", "关于命名表彰2026年度文明社区的决定"),
    addressees="各街道、各镇，区级各部门、各单位",
    paragraphs=(
        "现决定命名松风社区等30个单位为“云岭区文明社区”，予以表彰。",
        "称号实行动态管理，原则上每两年复评一次。",
    ),
    annex=Annex(
        title="2026年度文明社区名单",
        rows=tuple(
            ListRow(serial=n, unit=f"第{n}社区", town="松溪街道", score=Decimal("93.5")) for n in range(1, 31)
        ),
    ),
    signers=("中共云岭区委", "云岭区人民政府"),
    dated=date(2026, 10, 23),
)


def main(kind: str, number: int) -> None:
    shelf = FontShelf(system=False)
    papers = (
        [replace(CERTIFICATE, holder=f"第{n}社区") for n in range(number)]
        if kind == "certificate"
        else [replace(DECISION, number=f"云委发〔2026〕{n}号") for n in range(number)]
    )
    render(papers[0], shelf=shelf)
    began, used = time.perf_counter(), time.process_time()
    made = render_all(papers, shelf=shelf)
    assert all(pdf.startswith(b"%PDF-") for pdf in made)
    print(json.dumps({"seconds": time.perf_counter() - began, "cpu": time.process_time() - used}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
