"""Column types that PostgreSQL has and Django does not name."""

from typing import Any

from django.db import models
from django.db.models.expressions import Func
from django_fsm import FSMField, FSMFieldDescriptor


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


class _PlaceRead(FSMFieldDescriptor):  # type: ignore[misc]  # django_fsm is untyped here
    """Reads what is there without a detour: a machine is asked for its place a dozen times a step."""

    def __get__(self, instance: Any, type: Any = None) -> Any:
        if instance is None:
            return self
        try:
            return instance.__dict__[self.field.name]
        except KeyError:  # not read from the table yet
            return self.field.get_state(instance)


class PlaceField(FSMField):  # type: ignore[misc]  # django_fsm is untyped here
    """A stage or status: django_fsm's own field, read faster."""

    descriptor_class = _PlaceRead

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django_fsm.FSMField", args, kwargs
