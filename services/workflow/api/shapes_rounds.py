"""What is sent about rounds and votes."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

MEMBERS_MOST = 1_000
LINES_MOST = 10_000


class ReasonIn(BaseModel):
    reason: str


class ExtendIn(ReasonIn):
    due_on: str


class StrikeIn(ReasonIn):
    case: int


class RemindIn(BaseModel):
    tasks: list[int] | None = Field(default=None, max_length=MEMBERS_MOST)
    text: str = ""


class CosignerIn(ReasonIn):
    unit: int
    role: str


class LateIn(BaseModel):
    text: str


class MeetingIn(BaseModel):
    held_on: str
    place: str
    chair: str
    recorder: str
    remarks: str = ""
    version: int | None = None

    def told(self) -> dict[str, Any]:
        return self.model_dump(exclude={"version"})


class AttendanceIn(BaseModel):
    member: int
    present: bool
    reason: str = ""


class PapersIn(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    case: int
    in_favour: int = Field(alias="for")
    against: int
    abstain: int
    spoiled: int = 0

    def told(self) -> dict[str, Any]:
        return self.model_dump(by_alias=True)


class CountIn(BaseModel):
    """Who came, and what the papers say of each line; `version` of the count that was seen, none for the first."""

    attendance: list[AttendanceIn] = Field(max_length=MEMBERS_MOST)
    counts: list[PapersIn] = Field(max_length=LINES_MOST)
    version: int | None = None


class ConfirmIn(BaseModel):
    version: int | None = None


class RecusalIn(ReasonIn):
    case: int
