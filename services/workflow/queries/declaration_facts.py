"""Facts of declarations."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.facts import DeclarationFacts
from services.workflow.domain.figures import Figure
from services.workflow.domain.gaps import Answer as AnswerValue
from services.workflow.domain.gaps import Gap, blocking, gaps
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import Body, QuotaKind
from services.workflow.domain.scoring import Verdict
from services.workflow.domain.stages import LIVE_HONOUR, ObjectionStatus, Stage
from services.workflow.models import (
    Answer,
    Declaration,
    Edition,
    Evidence,
    Honour,
    NoticeLine,
    Objection,
    SlateLine,
    Veto,
)
from services.workflow.queries.definitions import definition_of, unit_ids
from services.workflow.queries.scores import scores_of, verdict_on

UNIT_FIELDS = {"subject": "unit_id", "subject.town": "town_id", "subject.district": "district_id"}
PAST_DECISION = (Stage.NOTICE, Stage.NAMING, Stage.NAMED)
CONCLUDED = (ObjectionStatus.DISMISSED, ObjectionStatus.REPLIED)


def of_declarations(rows: Sequence[Declaration], common: dict[int, dict[str, Any]]) -> list[DeclarationFacts]:
    """Facts of each declaration, in the order given."""
    editions = Edition.objects.in_bulk({row.edition_id for row in rows})
    units = {pk: unit_ids(definition_of(e.definition_version_id)) for pk, e in editions.items()}
    ids = [row.pk for row in rows]
    gathered = {
        "open_vetoes": _open_vetoes(ids),
        "objections": _objections(ids),
        "rounds": _rounds(rows),
        "notices": _notices(rows),
        "verdicts": _verdicts(rows, editions),
        "gaps": _gap_counts(rows, editions),
        "titles": _titles(rows),
        "quotas": _quotas_left(editions),
    }
    return [
        _facts(row, editions[row.edition_id], units[row.edition_id], common[row.pk], gathered) for row in rows
    ]


def _facts(
    row: Any, edition: Edition, units: dict[str, int], common: dict[str, Any], gathered: dict[str, Any]
) -> DeclarationFacts:
    definition = definition_of(edition.definition_version_id)
    opened, sustained = gathered["objections"].get(row.pk, (0, 0))
    live, banned = gathered["titles"].get((edition.programme_id, row.unit_id), (False, None))
    today = shanghai_date(common["now"])
    return DeclarationFacts(
        **common,
        definition=definition,
        bodies={i: unit_of(leg.body, row, units) for i, leg in enumerate(definition.legs)},
        organiser=unit_of(definition.host, row, units) or 0,
        decider=unit_of(definition.decided_by, row, units) or 0,
        within_window=edition.opens_at <= common["now"] < edition.closes_at,
        gaps=gathered["gaps"].get(row.pk, 0),
        open_vetoes=gathered["open_vetoes"].get(row.pk, ()),
        open_objections=opened,
        sustained_objections=sustained,
        round=gathered["rounds"].get(row.pk, ""),
        verdict=gathered["verdicts"].get(row.pk),
        notice=gathered["notices"].get(row.pk, ""),
        banned_until=banned if banned and today < banned else None,
        title_held=live,
        quota_left=gathered["quotas"].get(row.edition_id),
    )


def unit_of(body: Body, row: Any, units: dict[str, int]) -> int | None:
    """The unit that a body of the definition is, for this case."""
    if body.is_relative:
        found: int | None = getattr(row, UNIT_FIELDS[body.unit])
        return found
    return units.get(body.unit)


def _open_vetoes(ids: list[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    rows = Veto.objects.filter(case_id__in=ids, lifted_at__isnull=True).order_by("ground")
    for case_id, ground in rows.values_list("case_id", "ground"):
        found[case_id] = (*found.get(case_id, ()), ground)
    return found


def _objections(ids: list[int]) -> dict[int, tuple[int, int]]:
    """{declaration: (open, sustained)}; one that was sustained stays so after the reply."""
    sustained = Q(outcome="sustained")
    counted = (
        Objection.objects.filter(declaration__in=ids)
        .values("declaration_id")
        .annotate(
            opened=Count("pk", filter=~Q(status__in=CONCLUDED) & ~sustained),
            held=Count("pk", filter=sustained),
        )
    )
    return {row["declaration_id"]: (row["opened"], row["held"]) for row in counted}


def _rounds(rows: Sequence[Any]) -> dict[int, str]:
    """How each case fared in the last round at its present leg: open, carried, not_carried, or nothing yet."""
    legs = {row.pk: row.leg for row in rows}
    lines = SlateLine.objects.filter(case__in=legs, struck_at__isnull=True).order_by("slate_id")
    found: dict[int, str] = {}
    for case_id, leg, is_open, outcome in lines.values_list("case_id", "slate__leg", "open", "outcome"):
        if leg == legs[case_id]:
            found[case_id] = "open" if is_open else outcome
    return found


def _notices(rows: Sequence[Any]) -> dict[int, str]:
    ids = [row.pk for row in rows if row.stage == Stage.NOTICE]
    lines = (
        NoticeLine.objects.filter(declaration__in=ids).order_by("notice_id")
        if ids
        else NoticeLine.objects.none()
    )
    return dict(lines.values_list("declaration_id", "notice__status"))


def _verdicts(rows: Sequence[Any], editions: dict[int, Edition]) -> dict[int, Verdict]:
    judged = [row for row in rows if row.stage == Stage.EVALUATION]
    sheets = scores_of([row.pk for row in judged], "department") if judged else {}
    return {
        row.pk: verdict_on(
            definition_of(editions[row.edition_id].definition_version_id), sheets.get(row.pk, {})
        )
        for row in judged
    }


def _gap_counts(rows: Sequence[Any], editions: dict[int, Edition]) -> dict[int, int]:
    writing = [row for row in rows if row.stage in {Stage.DRAFT, Stage.RETURNED}]
    if not writing:
        return {}
    answers = answers_of([row.pk for row in writing])
    return {
        row.pk: len(
            blocking(
                gaps(definition_of(editions[row.edition_id].definition_version_id), answers.get(row.pk, {}))
            )
        )
        for row in writing
    }


def answers_of(declaration_ids: Sequence[int]) -> dict[int, dict[str, AnswerValue]]:
    """{declaration: {criterion: Answer}} with the number of evidence files, as the pre-check reads them."""
    files = Evidence.objects.filter(declaration__in=declaration_ids, removed_at__isnull=True)
    counts: dict[tuple[int, str], int] = {
        (row["declaration_id"], row["criterion"]): row["n"]
        for row in files.values("declaration_id", "criterion").annotate(n=Count("pk"))
    }
    found: dict[int, dict[str, AnswerValue]] = {pk: {} for pk in declaration_ids}
    for row in Answer.objects.filter(declaration__in=declaration_ids):
        found[row.declaration_id][row.criterion] = AnswerValue(
            points=row.points,
            statement=row.statement,
            not_applicable=row.not_applicable,
            evidence_count=counts.pop((row.declaration_id, row.criterion), 0),
            figures={code: figure_from(texts) for code, texts in row.figures.items()},
        )
    for (declaration_id, criterion), n in counts.items():
        found[declaration_id][criterion] = AnswerValue(evidence_count=n)
    return found


def figure_from(texts: dict[str, str]) -> Figure:
    """A figure as it is kept: decimals as text."""
    return Figure(**{name: Decimal(text) for name, text in texts.items() if text != ""})


def gaps_of(declaration: Declaration, definition: Definition) -> tuple[Gap, ...]:
    """Everything the declaration still lacks, in the order of the standard."""
    return gaps(definition, answers_of([declaration.pk])[declaration.pk])


def _titles(rows: Sequence[Any]) -> dict[tuple[int, int], tuple[bool, date | None]]:
    """{(programme, unit): (holds the title, banned until)} for rows that are about to be filed."""
    units = {row.unit_id for row in rows if row.stage == Stage.DRAFT}
    found: dict[tuple[int, int], tuple[bool, date | None]] = {}
    honours = Honour.objects.filter(unit__in=units).order_by("pk") if units else Honour.objects.none()
    for programme_id, unit_id, status, banned in honours.values_list(
        "programme_id", "unit_id", "status", "banned_until"
    ):
        live, until = found.get((programme_id, unit_id), (False, None))
        found[programme_id, unit_id] = (live or status in LIVE_HONOUR, banned or until)
    return found


def _quotas_left(editions: dict[int, Edition]) -> dict[int, int]:
    left = {}
    for pk, edition in editions.items():
        quota = definition_of(edition.definition_version_id).quota
        if quota.kind in {QuotaKind.MAXIMUM, QuotaKind.EXACT} and quota.number is not None:
            used = Declaration.objects.filter(edition=pk, stage__in=PAST_DECISION).count()
            left[pk] = quota.number - used
    return left
