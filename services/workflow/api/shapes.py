"""The bodies that the API takes. Unknown members of a step are its fields."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

CASES_MOST = 10_000


class LoginIn(BaseModel):
    username: str = Field(max_length=60)
    password: str = Field(max_length=200)


class TicketIn(BaseModel):
    topics: list[str] = Field(default=[], max_length=200)


class ClockIn(BaseModel):
    advance_days: int


class StepIn(BaseModel):
    """`reason` and what the step needs beside it, either below `fields` or on the same level."""

    model_config = ConfigDict(extra="allow")

    reason: str = ""
    version: int | None = None
    revision: int | None = None
    fields: dict[str, Any] = {}

    def given(self) -> dict[str, Any]:
        return {**(self.model_extra or {}), **self.fields}


class CaseIn(BaseModel):
    id: int
    version: int | None = None


class StepsIn(StepIn):
    step: str
    kind: str = "declaration"
    cases: list[CaseIn] = Field(min_length=1, max_length=CASES_MOST)


class FindingIn(BaseModel):
    """What is said of one line; scoring has one for each line and own criterion, a veto its ground and basis."""

    model_config = ConfigDict(extra="allow")

    case: int
    verdict: str = ""
    criterion: str = ""
    points: str | int | float | None = None
    note: str = ""

    def told(self) -> dict[str, Any]:
        """As the command reads it: points as they were typed, never through a binary fraction."""
        given = self.model_dump(exclude_unset=True)
        if given.get("points") is not None:
            given["points"] = str(given["points"])
        return given


class DecisionIn(BaseModel):
    verdict: str = ""
    reason: str = ""
    findings: list[FindingIn] = Field(default=[], max_length=300_000)
    version: int | None = None


class SlateIn(BaseModel):
    edition: int
    cases: list[int] = Field(max_length=CASES_MOST)


class SlateFilterIn(BaseModel):
    """Of what waits at a leg of a track: one town's by name, up to a rank, from some points on."""

    leg: int
    track: str = ""
    town: str = ""
    rank: int | None = Field(default=None, ge=1)
    points: Decimal | None = Field(default=None, ge=0)


class TableIn(SlateIn):
    """A vote `on_paper` is secret; `held_open` leaves the end to the organiser; `again` is the cancelled slate.

    `filter` names the cases instead of `cases`.
    """

    cases: list[int] = Field(default=[], max_length=CASES_MOST)
    filter: SlateFilterIn | None = None
    on_paper: bool = False
    held_open: bool = False
    again: int | None = None


class NoticeIn(SlateIn):
    """`cases` are declarations that wait for a notice; for `results` and `revocation` they are honours."""

    subject: str = "candidates"
    title: str
    text: str


class DeclarationIn(BaseModel):
    """`category` where the programme has some and the unit's entry does not say it."""

    edition: int
    category: str = Field(default="", max_length=20)


class AnswerIn(BaseModel):
    """`points` is text: "" is not scored, "n/a" not applicable."""

    points: str | int | float | None = None
    statement: str | None = None
    figures: dict[str, dict[str, str | int | float | None]] | None = None
    revision: int | None = None

    def told(self) -> dict[str, Any]:
        """Only what was sent; numbers as the digits that were typed."""
        given = self.model_dump(exclude_unset=True)
        if given.get("points") is not None:
            given["points"] = str(given["points"])
        if "statement" in given and given["statement"] is None:
            given["statement"] = ""
        if "figures" in given and given["figures"] is None:
            given["figures"] = {}
        return given


class AnswersIn(BaseModel):
    answers: dict[str, AnswerIn]


class ScoresIn(BaseModel):
    scores: dict[str, str | int | float | None]

    def told(self) -> dict[str, Any]:
        return {code: None if points is None else str(points) for code, points in self.scores.items()}


class MarkIn(BaseModel):
    """A mark with all that it rests on; `points` as in the plain form."""

    points: str | int | float | None = None
    figures: dict[str, dict[str, str | int | float | None]] = {}
    source: str = ""
    on: str = ""
    note: str = ""

    def told(self) -> dict[str, Any]:
        points = None if self.points is None else str(self.points)
        figures = {code: _as_typed(parts) for code, parts in self.figures.items()}
        return {**self.model_dump(exclude={"points", "figures"}), "points": points, "figures": figures}


class MarksIn(BaseModel):
    """{criterion: points, "n/a", or a mark with figures, source and day}."""

    scores: dict[str, str | int | float | MarkIn | None]

    def told(self) -> dict[str, Any]:
        return {
            code: mark.told() if isinstance(mark, MarkIn) else None if mark is None else str(mark)
            for code, mark in self.scores.items()
        }


class MeasureIn(BaseModel):
    """A value, or a numerator with its denominator; where it comes from, and of which day it is."""

    criterion: str
    measure: str
    value: str | int | float | None = None
    numerator: str | int | float | None = None
    denominator: str | int | float | None = None
    source: str
    on: str = ""

    def told(self) -> dict[str, Any]:
        return _as_typed(self.model_dump(exclude={"criterion", "measure"}))


def _as_typed(parts: dict[str, Any]) -> dict[str, Any]:
    """Numbers as the digits that were typed, never through a binary fraction."""
    return {name: None if value is None else str(value) for name, value in parts.items()}


class IncidentIn(BaseModel):
    unit: int
    kind: str
    happened_on: str
    basis: str


class ObjectionIn(BaseModel):
    """`unit` is the position on the notice, or `declaration` names the case; a person signs with name and contact."""

    model_config = ConfigDict(extra="ignore")

    unit: int | None = None
    declaration: int | None = None
    kind: str = "person"
    name: str = ""
    contact: str = ""
    text: str = ""

    def told(self) -> dict[str, Any]:
        return {name: value for name, value in self.model_dump().items() if value is not None}


class StaffObjectionIn(ObjectionIn):
    """`came_on` is the day that counts: of a letter its postmark. `seal`: a unit's seal was seen on paper."""

    notice: int
    channel: str = "visit"
    came_on: str = ""
    seal: bool = False


class IdentityIn(BaseModel):
    purpose: str


class EditionIn(BaseModel):
    programme: int
    year: int = Field(ge=2000, le=2100)
    opens_at: datetime
    closes_at: datetime


class NoBody(BaseModel):
    """A write that needs nothing said."""

    model_config = ConfigDict(extra="ignore")
