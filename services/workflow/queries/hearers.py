"""Who hears of an event beyond the browser: by its topics, offices and choices; few statements for a whole batch."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from services.workflow.domain.messages import BY_CASE, Channel, EndpointKind, MessageKind, kind_of
from services.workflow.models import Choice, Endpoint, MemberRhythm, Office, Reach, RoundTask
from services.workflow.models.round import HUMAN
from services.workflow.queries.inbox import CASES
from services.workflow.queries.told import Event

# What is one person's: work handed to them, a case laid before them, their opinion asked.
ONE_PERSON = ("work.reassigned", "work.copied", "work.asked")
Waiting = tuple[str, int | None, int | None]  # role, unit, member it was given to


@dataclass(frozen=True)
class Heard:
    """One hearer of one event: a member or an endpoint, and what the event is to them."""

    kind: MessageKind
    topic: str
    district: int | None
    member: int | None = None
    endpoint: Endpoint | None = None


def channels_served() -> tuple[Channel, ...]:
    """Channels that this site can send on by its settings."""
    unset = {Channel.MAIL: settings.MAIL_BACKEND == "none", Channel.SMS: not settings.SMS_URL}
    return tuple(channel for channel in Channel if not unset.get(channel, False))


def _reader_of(event: Event, member: int | None) -> str | None:
    """The topic of the person that work was handed to; of a copy every reader has one."""
    to = event.body.get("to", member)
    return f"user:{to}" if f"user:{to}" in event.topics else None


@dataclass
class Audience:
    """What has to be known of a batch of events to tell who hears each."""

    offices: list[Office] = field(default_factory=list)
    endpoints: list[Endpoint] = field(default_factory=list)
    waiting: dict[int, tuple[int, Waiting]] = field(default_factory=dict)
    asked: dict[int, set[Waiting]] = field(default_factory=lambda: defaultdict(set))

    def of(self, event: Event) -> Iterable[Heard]:
        """Members first, each once, then endpoints. Whoever acted is not told of it."""
        best: dict[int, Heard] = {}
        for office in self.offices:
            topic = self._topic(event, office.unit_id, office.role, office.member_id)
            if topic is None or office.member_id == event.actor:
                continue
            waits = self._waits(event, office.role, office.unit_id, office.member_id)
            kind = kind_of(event.type, waits=waits)
            if kind is None or (office.member_id in best and kind != MessageKind.WORK):
                continue
            district = office.unit.district_id or office.unit_id
            best[office.member_id] = Heard(kind, topic, district, member=office.member_id)
        yield from best.values()
        for endpoint in self.endpoints:
            heard = self._endpoint(event, endpoint)
            if heard is not None:
                yield heard

    def _topic(self, event: Event, unit: int, role: str, member: int | None) -> str | None:
        """The topic by which an office hears of it. Of a day on a case only the office that has it does."""
        if event.type == "due.passed" and event.case is not None:
            return f"case:{event.case}" if self._waits(event, role, unit, member) else None
        if event.type in ONE_PERSON:
            return f"user:{member}" if f"user:{member}" == _reader_of(event, member) else None
        if event.type == "work.urged" and not self._waits(event, role, unit, member):
            return None
        for topic in (f"user:{member}", f"unit:{unit}"):
            if topic in event.topics:
                return topic
        return None

    def _waits(self, event: Event, role: str, unit: int, member: int | None) -> bool:
        """Whether the event left work with this office: of a round its task, of a case its present place."""
        if event.case is None and "round" in event.body:
            return bool(
                {(role, unit, None), (role, unit, member)} & self.asked[int(event.body.get("round") or 0)]
            )
        version, place = self.waiting.get(event.case or 0, (0, ("", None, None)))
        stands = event.seq is None or event.seq == version
        return stands and place[:2] == (role, unit) and place[2] in {None, member}

    def _endpoint(self, event: Event, endpoint: Endpoint) -> Heard | None:
        if endpoint.unit_id is None:
            topic = "public:notice" if event.public is not None and "public:notice" in event.topics else None
            kind: MessageKind | None = MessageKind.NOTICE
        else:
            topic = self._topic(event, endpoint.unit_id, endpoint.role, None)
            waits = self._waits(event, endpoint.role, endpoint.unit_id, None)
            system = endpoint.kind == EndpointKind.WEBHOOK
            kind = _kind_for_system(event.type) if system else kind_of(event.type, waits=waits)
        if topic is None or kind is None or str(kind) not in endpoint.kinds:
            return None
        return Heard(kind, topic, endpoint.district_id, endpoint=endpoint)


def _kind_for_system(event_type: str) -> MessageKind | None:
    """A system that keeps a copy needs every step, those too that are no news to people."""
    noun, _, what = event_type.partition(".")
    if noun == "round_task":
        return MessageKind.WORK
    return MessageKind.DUE if (noun, what) == ("due", "passed") else BY_CASE.get(noun)


def audience_of(events: Sequence[Event]) -> Audience:
    """Everybody who could hear one of these; nothing is asked of cases where nobody could."""
    endpoints = list(Endpoint.objects.filter(active=True, removed_at__isnull=True).order_by("pk"))
    reachable = Reach.objects.filter(member=OuterRef("member"), channel__in=channels_served())
    if not endpoints and not Reach.objects.exists():
        return Audience()
    waiting = _waiting({event.case for event in events if event.case is not None})
    units = _numbers(events, "unit") | {unit for _, (_, unit, _) in waiting.values() if unit is not None}
    offices = (
        Office.objects.filter(Exists(reachable), until__isnull=True, member__is_active=True)
        .filter(Q(unit__in=units) | Q(member__in=_numbers(events, "user")))
        .select_related("unit")
        .order_by("since", "pk")
    )
    return Audience(list(offices), endpoints, waiting, _asked(events))


def _numbers(events: Sequence[Event], noun: str) -> set[int]:
    topics = {topic for event in events for topic in event.topics if topic.startswith(f"{noun}:")}
    return {int(topic.partition(":")[2]) for topic in topics}


def _waiting(cases: set[int]) -> dict[int, tuple[int, Waiting]]:
    found: dict[int, tuple[int, Waiting]] = {}
    for model in CASES.values() if cases else ():
        rows = model._default_manager.filter(pk__in=cases).values_list(
            "pk", "version", "waiting_role", "waiting_unit_id", "assignee_id"
        )
        found.update({pk: (version, (role, unit, member)) for pk, version, role, unit, member in rows})
    return found


def _asked(events: Sequence[Event]) -> dict[int, set[Waiting]]:
    rounds = {event.body["round"] for event in events if event.case is None and "round" in event.body}
    asked: dict[int, set[Waiting]] = defaultdict(set)
    if rounds:
        rows = RoundTask.objects.filter(process__in=rounds, flow_task_type=HUMAN)
        for number, role, unit, member in rows.values_list(
            "process_id", "participant_role", "participant_unit_id", "assignee_id"
        ):
            asked[number].add((role, unit, member))
    return asked


@dataclass
class Wishes:
    """What members chose, and where they can be reached."""

    choices: dict[int, dict[tuple[str, str], str]]
    rhythms: dict[int, MemberRhythm]
    channels: dict[int, list[str]]


def wishes_of(members: Iterable[int]) -> Wishes:
    """Choices, rhythm and channels of these members; channels without an address are not there."""
    wanted = set(members)
    choices: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    for member, kind, channel, how in Choice.objects.filter(member__in=wanted).values_list(
        "member_id", "kind", "channel", "how"
    ):
        choices[member][kind, channel] = how
    channels: dict[int, list[str]] = defaultdict(list)
    rows = Reach.objects.filter(member__in=wanted, channel__in=channels_served())
    for member, channel in rows.order_by("pk").values_list("member_id", "channel"):
        channels[member].append(channel)
    rhythms = {row.member_id: row for row in MemberRhythm.objects.filter(member__in=wanted)}
    return Wishes(choices, rhythms, channels)
