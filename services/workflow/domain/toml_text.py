"""A definition as TOML text: what a draft in the browser is taken out as, and read back by `definition_file`.

Only what a definition is made of can be written: texts, whole numbers, decimals, truth values, lists and tables.
"""

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from services.workflow.domain.programme import Definition
from services.workflow.domain.scoring import plain

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
WIDTH = 100
# A table with so few plain values stands on one line.
INLINE_MOST = 3


def definition_text(definition: Definition) -> str:
    """The file of a definition; what equals its default is left out."""
    return toml_text(_values(definition))


def toml_text(values: Mapping[str, Any]) -> str:
    """Plain values as TOML; a value that is None is left out."""
    return "\n".join(_table(values, ())).strip("\n") + "\n"


def _values(part: Any) -> Any:
    """As the codec writes it, but with decimals as numbers."""
    if dataclasses.is_dataclass(part):
        fields = ((field, getattr(part, field.name)) for field in dataclasses.fields(part))
        return {field.name: _values(value) for field, value in fields if value != field.default}
    if isinstance(part, tuple):
        return [_values(entry) for entry in part]
    return str(part) if isinstance(part, Fraction | StrEnum) else part


def _table(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Lines of a table: what stands on one line first, since nothing of it may follow a table of its own."""
    present = {key: value for key, value in values.items() if value is not None}
    later = {key: value for key, value in present.items() if not _stands_on_a_line(value)}
    for key, value in present.items():
        if key not in later:
            yield f"{_key(key)} = {_list(value) if isinstance(value, list) else _inline(value)}"
    for key, value in later.items():
        name = ".".join(map(_key, (*path, key)))
        for entry in value if isinstance(value, list) else [value]:
            yield ""
            yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from _table(entry, (*path, key))


def _stands_on_a_line(value: Any) -> bool:
    if isinstance(value, Mapping):
        return _is_small(value)
    if isinstance(value, list) and any(isinstance(entry, Mapping) for entry in value):
        return all(isinstance(entry, Mapping) and _is_small(entry) and len(entry) < 3 for entry in value)
    return True


def _is_small(table: Mapping[str, Any]) -> bool:
    return len(table) <= INLINE_MOST and not any(
        isinstance(value, list | Mapping) for value in table.values()
    )


def _list(entries: list[Any]) -> str:
    written = [_inline(entry) for entry in entries]
    line = f"[{', '.join(written)}]"
    if len(line) <= WIDTH and not any(isinstance(entry, Mapping) for entry in entries):
        return line
    return "\n".join(["[", *(f"  {entry}," for entry in written), "]"])


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_inline(part)}" for key, part in value.items() if part is not None)
        return f"{{ {inner} }}" if inner else "{}"
    return _text(str(value))


def _text(value: str) -> str:
    """TOML's basic string is JSON's, save that DEL is to be escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if BARE_KEY.fullmatch(key) else _text(key)
