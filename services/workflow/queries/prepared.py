"""Statements that PostgreSQL keeps planned for each connection: what every step asks is parsed and planned once."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.db.models.base import ModelState
from psycopg.types.string import TextLoader

Row = tuple[Any, ...]
WRITES = re.compile(r"\b(?:INSERT INTO|UPDATE \S+ SET|UPDATE \S+ \w+ SET|DELETE FROM)\b")
PARAMETER = re.compile(r"%\((\w+)\)s")


def fetch(statement: str, values: Mapping[str, object]) -> list[Row]:
    """The rows of a statement with named parameters; each parameter's type has to follow from the statement.

    Numbers go as text, so that a statement has one plan whatever their size.
    """
    own: Any = connection
    with own._prepare_cursor(_cursor()) as cursor:
        cursor.execute(statement, {name: _as_text(value) for name, value in values.items()})
        rows: list[Row] = cursor.fetchall()
    return rows


# Psycopg's own readers, of which those for moments are in C; jsonb as text, which the models' fields read.
READERS = psycopg.adapt.AdaptersMap(psycopg.adapters)
READERS.register_loader("jsonb", TextLoader)

_kept: "WeakKeyDictionary[psycopg.Connection[Any], dict[str, str]]" = WeakKeyDictionary()
_number = count(1)


class Planned(psycopg.ClientCursor[Any]):
    """A statement is prepared once a connection, by SQL, and executed by its name from then on.

    What psycopg prepares by itself it lets go of at every ROLLBACK, in case a table was made in between: each step that
    is refused would have the next one plan everything anew. PostgreSQL itself keeps a prepared statement through a
    ROLLBACK and plans it again where a table has changed.
    """

    def __init__(self, link: "psycopg.Connection[Any]") -> None:
        super().__init__(link)
        self._adapters = READERS

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        if not settings.DB_PREPARED:
            return super().execute(query, params, **how)
        text, names, call = numbered(query)
        values = [params[name] for name in names]
        kept = _kept.setdefault(self.connection, {})
        if query not in kept:
            # The name is what logs and those who count statements see of it.
            name = f"laurel_{'writes' if WRITES.search(query) else 'reads'}_{next(_number)}"
            super().execute(f"PREPARE {name} AS {text}")
            kept[query] = name
        return super().execute(f"EXECUTE {kept[query]}{call}", values, **how)


@cache
def numbered(statement: str) -> tuple[str, tuple[str, ...], str]:
    """A statement with its parameters as PostgreSQL counts them, their names in that order, and its call."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    text = PARAMETER.sub(number, statement)
    return text, tuple(names), f"({', '.join(['%s'] * len(names))})" if names else ""


def _cursor() -> Planned:
    connection.ensure_connection()
    return Planned(connection.connection)


def _as_text(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list | tuple) and all(isinstance(each, int) for each in value):
        return "{" + ",".join(str(int(each)) for each in value) + "}"
    return value


@cache
def columns(model: type[Model]) -> str:
    """The columns of a model in the order that `instance` takes them."""
    table = model._meta.db_table
    return ", ".join(f'"{table}"."{field.column}"' for field in model._meta.concrete_fields)


@cache
def width(model: type[Model]) -> int:
    return len(model._meta.concrete_fields)


@cache
def _readers(model: type[Model]) -> tuple[tuple[str, ...], tuple[tuple[int, Callable[..., Any]], ...]]:
    fields = model._meta.concrete_fields
    readers = tuple(
        (place, field.from_db_value) for place, field in enumerate(fields) if hasattr(field, "from_db_value")
    )
    return tuple(field.attname for field in fields), readers


def instance(model: type[Model], values: Row) -> Any:
    """A row of the model as a QuerySet would give it, without its constructor, which costs more than the reading."""
    names, readers = _readers(model)
    if readers:
        read = list(values)
        for place, reader in readers:
            read[place] = reader(read[place], None, connection)
        values = tuple(read)
    row = model.__new__(model)
    row.__dict__.update(zip(names, values, strict=True))
    row._state = ModelState()
    row._state.adding, row._state.db = False, connection.alias
    return row
