"""Which units may keep a title when its holder merges or splits."""

from typing import Any

from services.workflow.domain.stages import LIVE_HONOUR
from services.workflow.models import Honour, Unit


def successors_of(honour: Any) -> list[Unit]:
    """Units of the holder's kind and district without such a title, those of its town first."""
    holding = Honour.objects.filter(programme=honour.programme_id, status__in=[str(s) for s in LIVE_HONOUR])
    rows = (
        Unit.objects.filter(kind=honour.unit.kind, district=honour.district_id)
        .exclude(pk__in=holding.values("unit"))
        .exclude(pk=honour.unit_id)
    )
    return sorted(rows, key=lambda unit: (unit.town_id != honour.town_id, unit.pinyin, unit.pk))
