"""The JSON Schema (draft 2020-12) of a programme file, made from the dataclasses that it is read into."""

import dataclasses
import json
import types
import typing
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from services.workflow.domain.definition_codec import DECIMAL, FRACTION
from services.workflow.domain.key_meanings import MEANINGS
from services.workflow.domain.programme import Definition
from services.workflow.domain.standard import Scale, Standard

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAME = "urn:laurel:programme"
SCALARS: dict[type, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^({DECIMAL.pattern})$"}]},
    Fraction: {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": f"^({FRACTION.pattern})$"}]},
}
COUNTS_TARGETS = {"properties": {"scale": {"const": Scale.MET.value}}, "required": ["scale"]}
# Targets are counted, so that a file need not say what they come to.
COUNTED: dict[type, tuple[str, dict[str, Any]]] = {
    Standard: ("total", COUNTS_TARGETS),
    Definition: ("pass_mark", {"properties": {"standard": COUNTS_TARGETS}, "required": ["standard"]}),
}


def programme_schema() -> dict[str, Any]:
    """The schema of a whole file."""
    parts: dict[str, Any] = {}
    whole = _table(Definition, parts)
    head = {"$schema": DIALECT, "$id": NAME, "title": "Programme", "description": "One programme as a file."}
    return {**head, **whole, "$defs": dict(sorted(parts.items()))}


def schema_text() -> str:
    """The schema as docs/programme.schema.json holds it."""
    return json.dumps(programme_schema(), ensure_ascii=False, indent=2) + "\n"


def _table(kind: Any, parts: dict[str, Any]) -> dict[str, Any]:
    hints, meanings = typing.get_type_hints(kind), MEANINGS[kind]
    fields = dataclasses.fields(kind)
    properties = {
        field.name: {**_value(hints[field.name], parts), "description": meanings[field.name]}
        for field in fields
    }
    required = [field.name for field in fields if field.default is dataclasses.MISSING]
    table = {"type": "object", "properties": properties, "additionalProperties": False}
    if kind not in COUNTED:
        return {**table, "required": required}
    counted, condition = COUNTED[kind]
    always = [name for name in required if name != counted]
    return {**table, "required": always, "if": condition, "then": {}, "else": {"required": [counted]}}


def _value(hint: Any, parts: dict[str, Any]) -> dict[str, Any]:
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    if typing.get_origin(hint) is tuple:
        return {"type": "array", "items": _value(typing.get_args(hint)[0], parts)}
    if dataclasses.is_dataclass(hint):
        name = typing.cast(type, hint).__name__
        if name not in parts:
            parts[name] = {}  # a table that holds itself would not end otherwise
            parts[name] = _table(hint, parts)
        return {"$ref": f"#/$defs/{name}"}
    if issubclass(hint, StrEnum):
        return {"enum": [member.value for member in hint]}
    return dict(SCALARS[hint])
