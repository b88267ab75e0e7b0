"""Facts for the admission of programmes, gathered for many rows at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.workflow.domain.admission import is_new_in, yearly_cap
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.facts import Facts, ProgrammeFacts
from services.workflow.domain.programme import Definition
from services.workflow.domain.stages import ProgrammeStatus
from services.workflow.models import Programme, ProgrammeVersion
from services.workflow.queries.definitions import definition_of

ADMITTED = (ProgrammeStatus.ON_NOTICE, ProgrammeStatus.ADMITTED)


def of_programmes(rows: Sequence[Any], common: dict[int, dict[str, Any]]) -> list[Facts]:
    """The facts of each row, in their order; a row that has no version yet (at its birth) is judged by none."""
    newest = newest_definitions([row.pk for row in rows])
    at = next(iter(common.values()))["now"]
    admitted = _admitted_this_year({row.district_id for row in rows}, at)
    names = {(row.district_id, row.name) for row in rows}
    given_up = _withdrawn(names)
    return [_facts(row, common[row.pk], newest.get(row.pk), admitted, given_up) for row in rows]


def newest_definitions(programme_ids: Sequence[int]) -> dict[int, Definition]:
    """The definition of each programme's newest version."""
    versions = (
        ProgrammeVersion.objects.filter(programme__in=programme_ids)
        .order_by("programme", "-number")
        .distinct("programme")
        .values_list("programme", "pk")
    )
    return {programme: definition_of(version) for programme, version in versions}


def _facts(
    row: Any,
    common: dict[str, Any],
    definition: Definition | None,
    admitted: dict[int | None, set[int]],
    given_up: dict[tuple[int | None, str], set[int]],
) -> ProgrammeFacts:
    at: datetime = common["now"]
    return ProgrammeFacts(
        **common,
        cap_left=_cap_left(row, definition, admitted.get(row.district_id, set()), at) if definition else None,
        notice_working_days=(definition.admission.notice_working_days or 0) if definition else 0,
        withdrawn_namesake=bool(given_up.get((row.district_id, row.name), set()) - {row.pk}),
        ended=row.notice_ends_at is not None and at >= row.notice_ends_at,
    )


def _cap_left(row: Any, definition: Definition, admitted: set[int], at: datetime) -> int | None:
    """None where no cap holds, or where the programme was new in an earlier year or is counted already."""
    year = shanghai_date(at).year
    # A town's programme, or one of a unit below it, is not its district's own.
    cap = yearly_cap(row.district.kind if row.district and row.town_id is None else "")
    if cap is None or row.admitted_at is not None or not is_new_in(definition, year):
        return None
    return max(cap - len(admitted - {row.pk}), 0)


def _admitted_this_year(districts: set[int | None], at: datetime) -> dict[int | None, set[int]]:
    """The programmes that count against this year's cap, by their government."""
    year = shanghai_date(at).year
    rows = Programme.objects.filter(district__in=districts, town__isnull=True, admitted_at__isnull=False)
    found: dict[int | None, set[int]] = {}
    counted = [row for row in rows if row.admitted_at and shanghai_date(row.admitted_at).year == year]
    definitions = newest_definitions([row.pk for row in counted])
    for row in counted:
        if is_new_in(definitions[row.pk], year):
            found.setdefault(row.district_id, set()).add(row.pk)
    return found


def _withdrawn(names: set[tuple[int | None, str]]) -> dict[tuple[int | None, str], set[int]]:
    """Programmes that were given up, by government and name."""
    rows = Programme.objects.filter(
        status=ProgrammeStatus.WITHDRAWN, name__in={name for _, name in names}
    ).values_list("district", "name", "pk")
    found: dict[tuple[int | None, str], set[int]] = {}
    for district, name, pk in rows:
        found.setdefault((district, name), set()).add(pk)
    return found
