"""The contract between services/workflow and services/notify as tests hold both sides to it: docs/schemas."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

DOCS = Path(__file__).parents[1] / "docs"
SCHEMAS = {path.name: json.loads(path.read_text()) for path in sorted((DOCS / "schemas").glob("*.json"))}
REGISTRY: Registry[Any] = Registry().with_resources(
    (name, Resource.from_contents(schema)) for name, schema in SCHEMAS.items()
)


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of one file of docs/schemas."""
    return Draft202012Validator(SCHEMAS[name], registry=REGISTRY, format_checker=FormatChecker())


def event_faults(frame: dict[str, Any]) -> list[str]:
    """What is wrong with an event by the schema of its kind; a kind without a schema is wrong."""
    name = f"{frame['type'].partition('.')[0]}.json"
    if name not in SCHEMAS:
        return [f"no schema for {frame['type']}"]
    return [
        f"{frame['type']}: {error.json_path} {error.message}" for error in validator(name).iter_errors(frame)
    ]
