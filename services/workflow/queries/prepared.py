"""Statements that PostgreSQL keeps planned for each connection: what every step asks is parsed and planned once."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model
from django.db.models.base import ModelState
from psycopg.types.string import TextLoader

Row = tuple[Any, ...]
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


class Planned(psycopg.RawCursor[Any]):
    """Parameters bound by the server: Django's own cursors put them into the text, which no plan outlives.

    Statements are told by names, as Django's logs can read them, and numbered once a process.
    """

    def __init__(self, link: "psycopg.Connection[Any]") -> None:
        super().__init__(link)
        self._adapters = READERS

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        text, names = numbered(query)
        return super().execute(text, [params[name] for name in names], **how)


@cache
def numbered(statement: str) -> tuple[str, tuple[str, ...]]:
    """A statement with its parameters as PostgreSQL counts them, and their names in that order."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    return PARAMETER.sub(number, statement), tuple(names)


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
