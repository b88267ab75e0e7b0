"""What a part of a programme is asked for with: fields, groups of them, and rows that may be added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.workflow.web.forms import Words


class As(StrEnum):
    """How a value is entered."""

    LINE = "line"
    AREA = "area"
    LINES = "lines"  # a list of texts, one a line
    WHOLE = "whole"
    NUMBER = "number"  # with decimals
    WHOLES = "wholes"  # a list of whole numbers, with commas
    TICK = "tick"  # not ticked is left out
    YES_NO = "yes_no"  # left out, yes or no: where leaving out means yes
    PICK = "pick"
    MANY = "many"  # ticks for a list of codes
    BODY = "body"  # a role in a unit
    BODIES = "bodies"
    UNIT = "unit"


@dataclass(frozen=True)
class Field:
    """One value. `choices` are fixed, or named where they depend on the draft (legs, categories)."""

    key: str
    label: Words
    kind: As = As.LINE
    choices: Mapping[Any, Any] | str = ""
    hint: Words = ""
    required: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Group:
    """A table within its part; left out where nothing of it is filled in. `more` is drawn folded."""

    key: str
    label: Words
    entries: Sequence["Entry"]
    more: bool = False


@dataclass(frozen=True)
class Rows:
    """A list of tables. A new row gets its `identity` by itself, so that nobody has to think up a code."""

    key: str
    label: Words
    one: Words  # what one of them is called, for its heading and the button that adds one
    entries: Sequence["Entry"]
    identity: str = ""
    stem: str = ""
    more: bool = False


@dataclass(frozen=True)
class Fold:
    """Fields that most rows do not need, drawn folded; it adds nothing to the path of a value."""

    label: Words
    entries: Sequence["Entry"]


Entry = Field | Group | Rows | Fold


@dataclass(frozen=True)
class Part:
    """One page of a draft. `path` leads to the table that it fills in, the first key of it is what is saved."""

    slug: str
    label: Words
    path: tuple[str | int, ...]
    entries: Sequence[Entry]
    hint: Words = ""

    @property
    def place(self) -> str:
        """Its address within the draft: route, indicator.0, track-indicator.1.2."""
        return ".".join([self.slug, *(str(step) for step in self.path if isinstance(step, int))])
