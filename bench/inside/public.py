"""A released notice of so many units, as its commands leave it; the number of the notice is printed."""

import json
import sys

from bench.inside.actors import waiting
from services.workflow.domain.calendar import ONE_DAY, end_of_day, shanghai_date
from services.workflow.models import Declaration, Notice, NoticeLine
from services.workflow.queries.clock import now
from services.workflow.queries.units import unit_above


def main(number: int) -> None:
    rows = Declaration.objects.filter(pk__in=[case for case, _ in waiting(number)]).order_by("pk")
    cases = list(rows.select_related("edition__programme", "unit__town", "unit__parent"))
    edition, today = cases[0].edition, shanghai_date(now())
    notice = Notice.objects.create(
        status="released",
        version=3,
        edition=edition,
        leg_key="notice",
        title=f"{edition.name}拟命名单位公示",
        number="测〔2026〕1号",
        text="现将拟命名单位予以公示。",
        signer="区文明办",
        working_days=5,
        opening_day_counts=False,
        opened_on=today,
        ends_on=today + ONE_DAY * 7,
        ends_at=end_of_day(today + ONE_DAY * 7),
        released_at=now(),
        office_unit_id=edition.programme.host_id,
        district_id=edition.district_id,
    )
    NoticeLine.objects.bulk_create(
        NoticeLine(
            notice=notice, declaration=case, position=position, unit_name=case.unit.name,
            town_name=unit_above(case.unit), points="93.50",
        )
        for position, case in enumerate(cases, start=1)
    )  # fmt: skip
    print(json.dumps({"notice": notice.pk, "lines": len(cases)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
