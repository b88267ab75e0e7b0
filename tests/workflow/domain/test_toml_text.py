"""Writing a definition as TOML: what was written is read back as it was."""

import random
import tomllib
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from services.workflow.domain.definition_codec import content_hash, read_values
from services.workflow.domain.definition_file import values_of
from services.workflow.domain.programme_rules import CountersignRule
from services.workflow.domain.toml_text import definition_text, toml_text
from tests.workflow.domain.samples import DEFINITION

PROGRAMMES = sorted(Path("services/workflow/programmes").glob("*/programme.toml"))
CHARACTERS = ['"', "\\", "\n", "\t", "\x7f", "\x00", "文", "'", "#", "=", "[", "a", " ", "\U0001f3c5"]


@pytest.mark.parametrize("file", PROGRAMMES, ids=lambda file: file.parent.name)
def test_a_programme_reads_back_with_the_same_content(file: Path) -> None:
    definition, _ = read_values(values_of(file.read_text(encoding="utf-8")))

    again, faults = read_values(values_of(definition_text(definition)))

    assert (again, content_hash(again), faults) == (definition, content_hash(definition), [])


def test_a_definition_built_in_code_reads_back_too() -> None:
    legs = (*DEFINITION.legs[:2], replace(DEFINITION.legs[2], countersign=CountersignRule(Fraction(2, 3))))
    definition = replace(DEFINITION, pass_mark=Decimal("89.50"), legs=legs)

    text = definition_text(definition)

    assert "pass_mark = 89.5\n" in text
    assert tomllib.loads(text)["legs"][2]["countersign"] == {"share": "2/3"}


def test_it_is_written_as_a_person_would() -> None:
    values = {
        "name": "文明“社区”",
        "host": {"role": "office", "unit": "office"},
        "issuers": ["区委"],
        "legs": [{"key": "a", "body": {"role": "town", "unit": "x"}, "remind_days": [2, 1], "secret": True}],
        "quota": None,
    }

    assert toml_text(values) == (
        'name = "文明“社区”"\nhost = { role = "office", unit = "office" }\nissuers = ["区委"]\n'
        '\n[[legs]]\nkey = "a"\nbody = { role = "town", unit = "x" }\nremind_days = [2, 1]\nsecret = true\n'
    )


def any_value(chance: random.Random, depth: int) -> Any:
    kind = chance.randrange(4 if depth == 0 else 7)
    if kind == 0:
        return "".join(chance.choices(CHARACTERS, k=chance.randrange(12)))
    if kind == 1:
        return chance.randrange(-1000, 100000)
    if kind == 2:
        return chance.random() < 0.5
    if kind == 3:
        return Decimal(chance.randrange(100000)).scaleb(-2) + Decimal("0.01")
    if kind == 4:
        return [any_value(chance, 0) for _ in range(chance.randrange(4))]
    if kind == 5:
        return [a_table(chance, depth - 1) for _ in range(chance.randrange(4))]
    return a_table(chance, depth - 1)


def a_table(chance: random.Random, depth: int) -> dict[str, Any]:
    names = chance.sample(["name", "kéy", "a b", "", "x-1", "0", "代码", 'q"'], chance.randrange(1, 7))
    return {name: any_value(chance, depth) for name in names}


@pytest.mark.parametrize("seed", range(200))
def test_whatever_tables_are_written_read_back(seed: int) -> None:
    values = a_table(random.Random(seed), 3)

    assert tomllib.loads(toml_text(values), parse_float=Decimal) == values
