"""Between a definition and plain values (the tables of a TOML file, the JSON of a published version).

Reading collects every fault instead of stopping at the first; what could not be read is replaced by a neutral
value, so that the checks that follow can still look at the rest. Writing leaves out what equals its default:
a field that a later version adds does not change the hash of what was published before.
"""

import dataclasses
import hashlib
import json
import re
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any

from services.workflow.domain.faults import Fault, KeyFault, KeyPath, key_text
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.domain.scoring import plain
from services.workflow.domain.targets import with_targets

DECIMAL = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
FRACTION = re.compile(r"\d{1,6}(/[1-9]\d{0,5})?", re.ASCII)
TYPE_NAMES = {
    str: "text",
    int: "whole_number",
    bool: "true_or_false",
    Decimal: "number",
    Fraction: "fraction",
}
NEUTRAL: dict[type, Any] = {str: "", int: 0, bool: False, Decimal: Decimal(0), Fraction: Fraction(0)}


def definition_from_dict(values: Mapping[str, Any]) -> Definition:
    """A published definition as it was. Refused("programme.faulty") where it cannot be read as one."""
    definition, faults = read_values(values)
    if faults:
        located = tuple(Fault(None, key_text(fault.path), fault.code, fault.params) for fault in faults)
        raise Refused("programme.faulty", faults=located)
    return definition


def read_values(values: Mapping[str, Any]) -> tuple[Definition, list[KeyFault]]:
    """The definition that the values give, with everything in them that could not be read."""
    faults: list[KeyFault] = []
    definition: Definition = _dataclass(Definition, with_targets(values), (), faults)
    return definition, faults


def to_dict(definition: Definition) -> dict[str, Any]:
    """Plain values for JSON: numbers with decimals as strings, defaults left out."""
    plain_values: dict[str, Any] = _plain(definition)
    return plain_values


def content_hash(definition: Definition) -> str:
    """SHA-256 over the definition's canonical JSON; equal definitions have equal hashes."""
    text = json.dumps(to_dict(definition), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        fields = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {field.name: _plain(content) for field, content in fields if content != field.default}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Fraction | StrEnum):
        return str(value)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(hint: Any, raw: Any, path: KeyPath, faults: list[KeyFault]) -> Any:
    """The value as the type hint asks for it; where it is not, a fault and a neutral value."""
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
        return None if raw is None else _read(hint, raw, path, faults)
    if typing.get_origin(hint) is tuple:
        return _tuple(typing.get_args(hint)[0], raw, path, faults)
    if dataclasses.is_dataclass(hint):
        return _dataclass(hint, raw, path, faults)
    if issubclass(hint, StrEnum):
        return _choice(hint, raw, path, faults)
    return _scalar(hint, raw, path, faults)


def _dataclass(kind: Any, raw: Any, path: KeyPath, faults: list[KeyFault]) -> Any:
    if not isinstance(raw, dict):
        faults.append(_wrong_type(path, "table"))
        raw = None
    hints = _hints(kind)
    for key in (raw or {}).keys() - hints.keys():
        faults.append(KeyFault((*path, key), "programme.unknown_key", {"known": ", ".join(hints)}))
    values = {}
    for field in dataclasses.fields(kind):
        if raw is not None and field.name in raw:
            values[field.name] = _read(hints[field.name], raw[field.name], (*path, field.name), faults)
        elif field.default is dataclasses.MISSING:
            if raw is not None:
                faults.append(KeyFault((*path, field.name), "programme.missing_key"))
            values[field.name] = _neutral(hints[field.name])
    return kind(**values)


def _tuple(hint: Any, raw: Any, path: KeyPath, faults: list[KeyFault]) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        faults.append(_wrong_type(path, "list"))
        return ()
    return tuple(_read(hint, entry, (*path, index), faults) for index, entry in enumerate(raw))


def _choice(kind: type[StrEnum], raw: Any, path: KeyPath, faults: list[KeyFault]) -> StrEnum:
    known = [member.value for member in kind]
    if raw not in known:
        params = {"given": str(raw)[:40], "known": ", ".join(known)}
        faults.append(KeyFault(path, "programme.unknown_value", params))
        return next(iter(kind))
    return kind(raw)


def _scalar(kind: type, raw: Any, path: KeyPath, faults: list[KeyFault]) -> Any:
    if kind is Decimal and _is_decimal(raw):
        return Decimal(raw)
    if kind is Fraction and FRACTION.fullmatch(str(raw)) and not isinstance(raw, bool):
        return Fraction(raw)
    if type(raw) is kind:  # an exact match: True is no number here
        return raw
    faults.append(_wrong_type(path, TYPE_NAMES[kind]))
    return NEUTRAL[kind]


def _is_decimal(raw: Any) -> bool:
    """A whole number, or a decimal kept exactly; binary floats are never points."""
    of_its_kind = isinstance(raw, int | Decimal | str) and not isinstance(raw, bool)
    return of_its_kind and bool(DECIMAL.fullmatch(str(raw)))


def _wrong_type(path: KeyPath, wanted: str) -> KeyFault:
    return KeyFault(path, "programme.wrong_type", {"wanted": wanted})


def _neutral(hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        return None
    if typing.get_origin(hint) is tuple:
        return ()
    if dataclasses.is_dataclass(hint):
        return _dataclass(hint, None, (), [])
    return next(iter(hint)) if issubclass(hint, StrEnum) else NEUTRAL[hint]
