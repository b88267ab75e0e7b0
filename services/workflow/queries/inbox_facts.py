"""The one fact that decides, for every row of an inbox page; a number of statements that does not grow."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from services.workflow.domain.actor import Actor
from services.workflow.domain.programme import Definition, Leg
from services.workflow.domain.scoring import total
from services.workflow.domain.stages import ROUND_MODES, HonourStatus, Mode, NoticeSubject
from services.workflow.models import Declaration, Edition, Evidence, LedgerEntry, RoundTask, Veto
from services.workflow.queries.definitions import track_definition
from services.workflow.queries.honour_notices import told_of
from services.workflow.queries.inbox import InboxItem
from services.workflow.queries.scores import self_scores_of


@dataclass(frozen=True)
class RowFacts:
    """What a row tells beside its item. `files` of `wanted` pieces of evidence; `units` on a slate; `unannounced` where
    the public has not been told yet that the title was revoked.
    """

    leg_name: str = ""
    mode: str = ""
    at_office: bool = False
    own_points: Decimal | None = None
    files: int = 0
    wanted: int = 0
    units: int = 0
    returned: bool = False
    vetoed: bool = False
    track: str = ""
    unannounced: bool = False


def facts_of(actor: Actor, items: Sequence[InboxItem]) -> dict[tuple[str, int], RowFacts]:
    """Facts by (kind, id) of the items of one page."""
    declarations = [item for item in items if item.kind == "declaration"]
    ids = [item.id for item in declarations]
    definitions = _definitions(items)
    scores = self_scores_of(ids) if ids else {}
    files = _files(ids)
    filed_again = _filed_again(ids)
    vetoed = _vetoed(ids)
    units = _units([item.id for item in items if item.kind == "round_task"])
    unannounced = _unannounced(items)
    found = {}
    for item in items:
        definition, track = definitions.get((item.kind, item.id), (None, ""))
        leg = _leg(definition, item.leg)
        own = total(definition.standard, scores[item.id]).points if definition and item.id in scores else None
        found[item.kind, item.id] = RowFacts(
            leg_name=leg.name if leg else "",
            mode=str(leg.mode) if leg else "",
            at_office=item.kind == "declaration" and bool(leg and _puts_on_a_list(leg)),
            own_points=own,
            files=files.get(item.id, 0),
            wanted=sum(len(c.evidence) for c in definition.standard.criteria) if definition else 0,
            units=units.get(item.id, 0),
            returned=item.id in filed_again,
            vetoed=item.id in vetoed,
            track=track,
            unannounced=item.kind == "honour" and item.id in unannounced,
        )
    return found


def _definitions(items: Sequence[InboxItem]) -> dict[tuple[str, int], tuple[Definition, str]]:
    """By (kind, id): what holds on a declaration's own track and category, a slate's track, else on the whole; and
    the track."""
    editions = {item.edition_id for item in items if item.edition_id}
    versions = dict(Edition.objects.filter(pk__in=editions).values_list("pk", "definition_version_id"))
    tracks: dict[tuple[str, int], tuple[str, str]] = {}
    asked = [item.id for item in items if item.kind == "declaration"]
    rows = Declaration.objects.filter(pk__in=asked) if asked else Declaration.objects.none()
    moved: dict[int, int] = {}
    for pk, track, category, version in rows.values_list("pk", "track", "category", "definition_version"):
        tracks["declaration", pk] = (track, category)
        if version:
            moved[pk] = version
    tasks = [item.id for item in items if item.kind == "round_task"]
    slates = RoundTask.objects.filter(pk__in=tasks) if tasks else RoundTask.objects.none()
    for pk, track in slates.values_list("pk", "process__slate__track"):
        tracks["round_task", pk] = (track, "")
    found = {}
    for item in items:
        if item.edition_id:
            version = (moved.get(item.id) if item.kind == "declaration" else None) or versions[
                item.edition_id
            ]
            track, category = tracks.get((item.kind, item.id), ("", ""))
            found[item.kind, item.id] = track_definition(version, track, category), track
    return found


def _puts_on_a_list(leg: Leg) -> bool:
    """Whether what waits at this leg is not acted on one by one, but put on a slate or a notice."""
    return leg.mode in ROUND_MODES or leg.mode is Mode.NOTICE


def _leg(definition: Definition | None, leg: int | None) -> Leg | None:
    if definition is None or leg is None or leg >= len(definition.legs):
        return None
    return definition.legs[leg]


def _files(ids: Sequence[int]) -> dict[int, int]:
    rows = Evidence.objects.filter(declaration__in=ids, removed_at__isnull=True)
    return dict(rows.values_list("declaration_id").annotate(n=Count("pk")))


def _filed_again(ids: Sequence[int]) -> set[int]:
    return set(LedgerEntry.objects.filter(case_id__in=ids, step="resubmit").values_list("case_id", flat=True))


def _vetoed(ids: Sequence[int]) -> set[int]:
    """Those with an open veto."""
    rows = Veto.objects.filter(case_id__in=ids, lifted_at__isnull=True)
    return set(rows.values_list("case_id", flat=True))


def _unannounced(items: Sequence[InboxItem]) -> set[int]:
    revoked = {item.id for item in items if item.kind == "honour" and item.place == HonourStatus.REVOKED}
    return revoked - told_of(revoked, NoticeSubject.REVOCATION).keys() if revoked else set()


def _units(task_ids: Sequence[int]) -> dict[int, int]:
    open_lines = Count("process__slate__lines", filter=Q(process__slate__lines__open=True))
    return dict(RoundTask.objects.filter(pk__in=task_ids).values_list("pk").annotate(n=open_lines))
