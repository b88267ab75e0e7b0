"""Column types that PostgreSQL has and Django does not name."""

from typing import Any

from django.db import models
from django.db.models.expressions import Func


class CurrentXact(Func):
    """The id of the running transaction; the order in which the feed is read."""

    function = "pg_current_xact_id"
    arity = 0


class NextCaseId(Func):
    """One sequence numbers the cases of every kind, so an id alone names a case."""

    template = "nextval('case_id_seq')"
    arity = 0


class Xid8Field(models.Field):  # type: ignore[type-arg]  # django-stubs cannot express a raw column type
    """A 64-bit transaction id; never wraps round."""

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def from_db_value(self, value: Any, expression: object, connection: object) -> int | None:
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else str(value)
