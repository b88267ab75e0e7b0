"""The published schema is the one the reader follows: every file passes, and what it refuses is refused."""

import dataclasses
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import services.workflow
from services.workflow.domain.definition_codec import read_values, to_dict
from services.workflow.domain.json_schema import programme_schema, schema_text
from services.workflow.domain.key_meanings import MEANINGS
from tests.workflow.domain.samples import DEFINITION

ROOT = Path(services.workflow.__file__).parents[2]
FILES = sorted((ROOT / "services/workflow/programmes").glob("*/programme.toml"))
VALIDATOR = Draft202012Validator(programme_schema())


def errors(values: Any) -> list[str]:
    return sorted(error.json_path for error in VALIDATOR.iter_errors(values))


def test_the_published_schema_is_the_one_that_is_made() -> None:
    """After a change: manage.py programme schema > docs/programme.schema.json."""
    assert (ROOT / "docs/programme.schema.json").read_text(encoding="utf-8") == schema_text()


def test_it_is_a_schema_and_every_key_has_its_meaning() -> None:
    Draft202012Validator.check_schema(json.loads(schema_text()))

    for kind, meanings in MEANINGS.items():
        assert list(meanings) == [field.name for field in dataclasses.fields(kind)], kind
        assert all(meanings.values())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_programme_that_ships_is_valid(file: Path) -> None:
    assert errors(tomllib.loads(file.read_text(encoding="utf-8"))) == []


def test_a_published_version_is_valid_too() -> None:
    assert errors(to_dict(DEFINITION)) == []


def with_key(path: list[str | int], value: Any) -> Any:
    values: Any = json.loads(json.dumps(to_dict(DEFINITION)))
    table = values
    for part in path[:-1]:
        table = table[part]
    if value is None:
        del table[path[-1]]
    else:
        table[path[-1]] = value
    return values


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["nmae"], "错字"),
        (["title"], None),
        (["pass_mark"], None),
        (["pass_mark"], "ninety"),
        (["pass_mark"], True),
        (["issuers"], "一个"),
        (["legs", 0, "mode"], "solo"),
        (["legs", 1, "due_days"], 2.5),
        (["legs", 0, "body", "role"], None),
        (["standard", "total"], None),
        (["supervision", "renewed_share"], "1/0"),
        (["standard", "indicators", 0, "criteria", 0, "code"], None),
    ],
)
def test_what_the_schema_refuses_the_reader_refuses_too(path: list[str | int], value: Any) -> None:
    values = with_key(path, value)

    assert errors(values) != []
    assert read_values(values)[1] != []


def test_targets_need_neither_total_nor_pass_mark() -> None:
    values = with_key(["pass_mark"], None)
    values["standard"] = {"scale": "met", "indicators": values["standard"]["indicators"]}

    assert errors(values) == []
    assert read_values(values)[1] == []
