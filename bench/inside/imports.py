"""Seconds from a workbook's bytes to the answer: read in its own process, checked, written in one transaction."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import django

from services.workflow.domain.person_rows import PersonRow
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role, UnitKind
from services.workflow.domain.standard import Criterion
from services.workflow.domain.standard_rows import StandardRow
from services.workflow.domain.unit_rows import UnitRow


def main(number: int) -> None:
    django.setup()
    # The product's own modules need it set up.
    from services.workflow.commands.import_people import import_people
    from services.workflow.commands.import_units import import_units
    from services.workflow.documents.register_sheets import (
        people_of,
        people_workbook,
        units_of,
        units_workbook,
    )
    from services.workflow.documents.sheet_rows import table_of
    from services.workflow.documents.spreadsheets import standard_rows
    from services.workflow.documents.standard_template import standard_workbook
    from services.workflow.documents.writing import returned
    from services.workflow.domain.actor import SYSTEM
    from services.workflow.programmes.examples import definition_file

    units = [UnitRow(0, f"unit-{n}", f"第{n}社区", UnitKind.COMMUNITY, "songxi") for n in range(number)]
    people = [PersonRow(0, f"person{n}", f"人员{n}", f"unit-{n}", Role.DECLARANT) for n in range(number)]
    faulty = [replace(unit, code=f"Unit {n}") for n, unit in enumerate(units)]
    line = Criterion("2.1", "示例条目", Decimal(1), "dep-civil", example=True)
    standard = [StandardRow(0, "2", "示例", Decimal(number), line) for _ in range(number)]

    def take_units(content: bytes) -> object:
        return import_units(units_of(table_of(content)), by=SYSTEM, key=None)

    def refuse_units(content: bytes) -> object:
        table = table_of(content)
        try:
            return import_units(units_of(table), by=SYSTEM, key=None)
        except Refused as refused:
            faults = refused.params["faults"]
            assert isinstance(faults, tuple)
            assert len(faults) == number
            return returned(table, faults)

    sheet = units_workbook(units)
    figures = {
        "units": seconds(take_units, sheet),
        "units_again": seconds(take_units, sheet),
        "people": seconds(
            lambda content: import_people(people_of(table_of(content)), by=SYSTEM, key=None),
            people_workbook(people),
        ),
        "standard": seconds(standard_rows, standard_workbook(definition_file("wenming-000"), standard)),
        "faults_marked": seconds(refuse_units, units_workbook(faulty)),
    }
    print(json.dumps(figures))


def seconds(work: Callable[[bytes], object], content: bytes) -> float:
    began = time.perf_counter()
    work(content)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]))
