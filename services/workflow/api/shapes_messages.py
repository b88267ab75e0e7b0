"""The bodies that messages beyond the browser take."""

from pydantic import BaseModel, ConfigDict, Field


class ChoiceIn(BaseModel):
    kind: str
    channel: str
    how: str


class RhythmIn(BaseModel):
    """Hours are text such as "21:30"; null or "" for none."""

    model_config = ConfigDict(extra="forbid")

    quiet_from: str | None = None
    quiet_until: str | None = None
    rest_days_quiet: bool = False
    digest_at: str = ""
    remind_days: int = 0
    language: str = ""


class PreferencesIn(BaseModel):
    choices: list[ChoiceIn] = Field(default=[], max_length=200)
    rhythm: RhythmIn | None = None


class AddressIn(BaseModel):
    address: str = Field("", max_length=500)
    secret: str = Field("", max_length=120)


class ChannelIn(BaseModel):
    channel: str


class EndpointIn(BaseModel):
    """`unit` and `role`: whose rights it has; without them it hears public notices alone."""

    kind: str
    name: str
    url: str
    secret: str = ""
    unit: int | None = None
    role: str = ""
    kinds: list[str] = []


class EndpointChange(BaseModel):
    name: str = ""
    kinds: list[str] = []
    url: str = ""
    secret: str = ""
    active: bool = True


class AgainIn(BaseModel):
    deliveries: list[int] = Field(min_length=1, max_length=1000)
