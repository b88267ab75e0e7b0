"""A programme file: TOML, with a workbook of standard rows for what the source document leaves open."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from services.workflow.domain.definition_checks import definition_faults
from services.workflow.domain.definition_codec import read_values
from services.workflow.domain.faults import Fault, KeyFault, KeyPath, Place, in_order, key_text
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.domain.standard_rows import StandardRow, filled_in
from services.workflow.domain.toml_lines import line_of, lines_of

MOST_CHARACTERS = 1_000_000
# Python 3.11 says the place of a syntax error in its message only.
ERROR_LINE = re.compile(r"\(at line (\d+), column \d+\)")
# Nothing else can be concluded from what carries only a superfluous key.
HARMLESS = "programme.unknown_key"
# These compare a key with its neighbours, the next ones with another part; the others look at one key alone.
WITH_NEIGHBOURS = {
    "programme.bodies_missing",
    "programme.bodies_not_asked",
    "programme.leg_mark_not_here",
    "programme.mode_against_stage",
    "programme.out_of_range",
    "programme.own_check_not_here",
    "programme.quota_does_not_add_up",
    "programme.quota_without_kind",
    "programme.role_against_unit",
    "programme.route_must_begin_with_declaring",
    "programme.route_must_end_with_naming",
    "programme.rule_against_mode",
    "standard.imports_itself",
    "standard.programme_without_import",
    "standard.rule_gives_parts",
    "standard.tiers_out_of_order",
}
WITH_A_PART: dict[str, KeyPath] = {
    "programme.pass_mark_out_of_range": ("standard", "total"),
    "programme.level_out_of_reach": ("standard",),
    "programme.levels_out_of_order": ("levels",),
    "programme.own_check_not_here": ("legs",),
    "programme.return_not_earlier": ("legs",),
    "programme.return_not_here": ("legs",),
    "programme.return_through_notice": ("legs",),
    "programme.return_to_notice": ("legs",),
    "programme.unknown_category": ("categories",),
    "programme.unknown_tie_break": ("standard",),
    "programme.unknown_unit": ("units",),
    "standard.body_scores_nothing": ("standard",),
    "standard.criteria_do_not_add_up": ("standard", "indicators"),
    "standard.imports_itself": ("code",),
    "standard.points_do_not_add_up_in_category": ("categories",),
    "standard.scorer_not_on_route": ("legs",),
}


def read(text: str, workbook_rows: Sequence[StandardRow] | None = None) -> Definition:
    """The definition of a file, its gaps filled by the rows where they are given.

    Refused("programme.faulty", faults=…) lists every fault of file and workbook at once, by line and key.
    Gaps are no fault: `Definition.gaps` lists them.
    """
    values = values_of(text)
    lines = lines_of(text)
    definition, faults = read_values(values)
    rows_at: dict[KeyPath, int] = {}
    row_faults: tuple[Fault, ...] = ()
    if workbook_rows is not None:
        definition, rows_at, row_faults = filled_in(definition, workbook_rows)
    faults += _independent(definition_faults(definition), faults, row_faults)
    located = [_located(fault, lines, rows_at) for fault in faults]
    if located or row_faults:
        raise Refused("programme.faulty", faults=in_order([*located, *row_faults]))
    return definition


def values_of(text: str) -> dict[str, Any]:
    """The tables of a file. Refused("programme.faulty") where it is no readable TOML."""
    if len(text) > MOST_CHARACTERS:
        fault = Fault(1, "", "programme.file_too_long", {"limit": MOST_CHARACTERS})
        raise Refused("programme.faulty", faults=(fault,))
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        place = ERROR_LINE.search(str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        reason = ERROR_LINE.sub("", str(error)).strip()
        fault = Fault(line, "", "programme.unreadable", {"reason": reason})
        raise Refused("programme.faulty", faults=(fault,)) from None
    except RecursionError:
        fault = Fault(1, "", "programme.unreadable", {"reason": "nested too deeply"})
        raise Refused("programme.faulty", faults=(fault,)) from None


def _independent(
    found: Iterable[KeyFault], unread: Sequence[KeyFault], row_faults: Sequence[Fault]
) -> list[KeyFault]:
    """Leaves out what only follows from a part that could not be read, such as a sum over it."""
    tainted = [fault.path for fault in unread if fault.code != HARMLESS]
    if row_faults:
        tainted += [("standard", "indicators"), ("tracks",)]
    return [
        fault
        for fault in found
        if not any(_overlap(ground, path) for ground in _grounds(fault) for path in tainted)
    ]


def _grounds(fault: KeyFault) -> Iterator[KeyPath]:
    """The keys that a fault was concluded from."""
    yield fault.path[:-1] or fault.path if fault.code in WITH_NEIGHBOURS else fault.path
    yield from fault.grounds
    if fault.code in WITH_A_PART:
        yield WITH_A_PART[fault.code]


def _overlap(one: KeyPath, other: KeyPath) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _located(fault: KeyFault, lines: dict[KeyPath, int], rows_at: dict[KeyPath, int]) -> Fault:
    path = fault.path
    for length in range(len(path), 0, -1):
        if row := rows_at.get(path[:length]):
            return Fault(row, key_text(path), fault.code, fault.params, Place.WORKBOOK)
    return Fault(line_of(lines, path), key_text(path), fault.code, fault.params)


def check_values(values: Mapping[str, Any]) -> tuple[Definition, list[KeyFault]]:
    """The definition that plain values give and every fault of it, for a draft that has no lines yet."""
    definition, unread = read_values(values)
    return definition, [*unread, *_independent(definition_faults(definition), unread, ())]
