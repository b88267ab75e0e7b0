"""Facts of declarations."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count

from services.workflow.domain.actor import Seat
from services.workflow.domain.allotment import Places
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.facts import DeclarationFacts
from services.workflow.domain.figures import Figure
from services.workflow.domain.gaps import Answer as AnswerValue
from services.workflow.domain.gaps import Gap, blocking, gaps
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import Body
from services.workflow.domain.route import organiser_of, own_tier, sampled_legs, scores_itself
from services.workflow.domain.sampling import drawn
from services.workflow.domain.scoring import Verdict
from services.workflow.domain.stages import ROUND_MODES, Stage
from services.workflow.domain.windows import OutsideWindow, Period, ladder_unmet, outside_window
from services.workflow.models import (
    Answer,
    Declaration,
    Edition,
    Evidence,
    NoticeLine,
)
from services.workflow.queries.bars import Titles, incidents_of, titles_of
from services.workflow.queries.definitions import track_definition, unit_ids, version_of
from services.workflow.queries.obstacles import obstacles_from, obstacles_of
from services.workflow.queries.places import places_of
from services.workflow.queries.scores import (
    Wanted,
    self_scores_of,
    sheets_of,
    verdict_on,
    wanted_at,
)

UNIT_FIELDS = {
    "subject": "unit_id",
    "subject.parent": "parent_id",
    "subject.town": "town_id",
    "subject.district": "district_id",
}
WRITING = (Stage.DRAFT, Stage.RETURNED)
Definitions = Mapping[int, Definition]


def of_declarations(rows: Sequence[Declaration], common: dict[int, dict[str, Any]]) -> list[DeclarationFacts]:
    """Facts of each declaration, in the order given."""
    opened = getattr(rows[0], "opened", None) if len(rows) == 1 else None
    if opened is not None:
        editions = {opened.edition.pk: opened.edition}
    else:
        editions = Edition.objects.in_bulk({row.edition_id for row in rows})
    definitions = {
        row.id: track_definition(version_of(row, editions[row.edition_id]), row.track, row.category)
        for row in rows
    }
    distinct = list({id(each): each for each in definitions.values()}.values())
    units = unit_ids(*distinct, revision=opened.units_revision if opened else None)
    ids = [row.id for row in rows]
    today = shanghai_date(common[ids[0]]["now"])
    titles = titles_of(rows)
    legs = {row.id: row.leg for row in rows}
    obstacles = obstacles_from(opened.obstacles, legs) if opened else obstacles_of(legs)
    gathered: dict[str, dict[int, Any]] = {
        "open_objections": {pk: own.open_objections for pk, own in obstacles.items()},
        "sustained_objections": {pk: own.sustained_objections for pk, own in obstacles.items()},
        "open_vetoes": {pk: own.vetoes for pk, own in obstacles.items()},
        "round": {pk: own.round for pk, own in obstacles.items()},
        "notice": _notices(rows, definitions),
        "gaps": _gap_counts(rows, definitions),
        "incidents": incidents_of(rows, definitions, today),
        **_verdicts(rows, definitions),
    }
    seating = {id(each): Seating(each, units) for each in distinct}
    places = places_of(rows, editions, definitions, units)

    def of(row: Declaration) -> DeclarationFacts:
        number, edition = row.id, editions[row.edition_id]
        own, definition = common[number], definitions[number]
        return DeclarationFacts(
            **own,
            **{name: by_case[number] for name, by_case in gathered.items() if number in by_case},
            **seating[id(definition)].of(row, edition),
            **_of_titles(row, edition, definition, titles.get(row.unit_id), today),
            places=places.get(number, NO_PLACES),
            outside=_outside(row, edition, definition, today),
            within_window=edition.opens_at <= own["now"] < edition.closes_at,
        )

    return [of(row) for row in rows]


NO_PLACES = Places()


def _outside(row: Any, edition: Edition, definition: Definition, today: date) -> OutsideWindow | None:
    """Whether today lies outside the edition's window for the stage that the case is in."""
    naming = row.stage == Stage.NAMING
    period = (
        Period(edition.naming_opens_on, edition.naming_closes_on)
        if naming
        else Period(edition.evaluation_opens_on, edition.evaluation_closes_on)
    )
    return outside_window(definition, row.stage, period, today)


class Seating:
    """Who has what to do with a declaration by its definition: worked out once for all rows of one definition."""

    def __init__(self, definition: Definition, units: Mapping[str, int]) -> None:
        self.definition, self.units = definition, units
        legs = list(enumerate(definition.legs))
        self.fixed = {i: units.get(leg.body.unit) for i, leg in legs if not leg.body.is_relative}
        self.relative = [(i, UNIT_FIELDS[leg.body.unit]) for i, leg in legs if leg.body.is_relative]
        organisers = {i: organiser_of(definition, leg) for i, leg in legs if leg.mode in ROUND_MODES}
        self.sampled = [(i, definition.legs[i]) for i in sampled_legs(definition)]
        self.seats = {i: seat_of(body, None, units) for i, body in organisers.items() if not body.is_relative}
        self.moving = {i: body for i, body in organisers.items() if body.is_relative}
        top = (definition.host, definition.decided_by)
        self.host, self.decider = (None if body.is_relative else seat_of(body, None, units) for body in top)

    def of(self, row: Any, edition: Edition) -> dict[str, Any]:
        """Of one declaration: the bodies of its legs, and which legs its draw passes by."""
        return {
            "definition": self.definition,
            "bodies": {**self.fixed, **{i: getattr(row, name) for i, name in self.relative}},
            "organisers": {
                **self.seats,
                **{i: seat_of(body, row, self.units) for i, body in self.moving.items()},
            },
            "host": self.host or seat_of(self.definition.host, row, self.units),
            "decider": self.decider or seat_of(self.definition.decided_by, row, self.units),
            "skipped": frozenset(
                i
                for i, leg in self.sampled
                if not drawn(edition.draw_seed, leg.key, row.id, leg.sample_percent or 0)
            ),
        }


def _of_titles(
    row: Any, edition: Edition, definition: Definition, titles: Titles | None, today: date
) -> dict[str, Any]:
    if titles is None:
        return {}
    until = (titles.banned or {}).get(edition.programme_id)
    return {
        "title_held": edition.programme_id in titles.held,
        "banned_until": until if until and today < until else None,
        "ladder_unmet": ladder_unmet(definition, titles.live),
    }


def unit_of(body: Body, row: Any, units: Mapping[str, int]) -> int | None:
    """The unit that a body of the definition is, for this case."""
    if body.is_relative:
        found: int | None = getattr(row, UNIT_FIELDS[body.unit])
        return found
    return units.get(body.unit)


def names_of(unit_id: int | None, code: str, row: Any) -> tuple[str, ...]:
    """What a unit may be called in the definition of this case: its code, and what it is to the subject."""
    relative = (name for name, field in UNIT_FIELDS.items() if getattr(row, field) == unit_id)
    return (code, *relative) if unit_id is not None else (code,)


def seat_of(body: Body, row: Any, units: Mapping[str, int]) -> Seat:
    """The role and unit that a body of the definition is, for this case."""
    return Seat(str(body.role), unit_of(body, row, units))


def _notices(rows: Sequence[Any], definitions: Definitions) -> dict[int, str]:
    """The status of the last notice of each case's present leg; that of an earlier leg says nothing here.

    Nor does one that showed other points: where an entry changed, the unit needs a notice anew.
    """
    keys = {row.id: definitions[row.id].legs[row.leg].key for row in rows if row.stage == Stage.NOTICE}
    if not keys:
        return {}
    points = {row.id: row.result_points for row in rows}
    lines = NoticeLine.objects.filter(declaration__in=keys).order_by("notice_id")
    return {
        pk: status
        for pk, key, status, shown in lines.values_list(
            "declaration_id", "notice__leg_key", "notice__status", "points"
        )
        if key == keys[pk] and (shown is None or shown == points[pk])
    }


def _verdicts(rows: Sequence[Any], definitions: Definitions) -> dict[str, dict[int, Verdict]]:
    """What the decision rests on, and what a leg that scores for itself has come to."""
    judged = {row.id: row.leg for row in rows if row.stage == Stage.EVALUATION}
    own = {row.id: row.leg for row in rows if row.leg and scores_itself(definitions[row.id].legs[row.leg])}
    wanted = {pk: wanted_at(definitions[pk], leg) for pk, leg in judged.items()}
    wanted |= {pk: Wanted(own_tier(definitions[pk].legs[leg])) for pk, leg in own.items()}
    sheets = sheets_of(wanted) if wanted else {}
    return {
        "verdict": {pk: verdict_on(definitions[pk], sheets.get(pk, {})) for pk in judged},
        "own": {
            pk: verdict_on(definitions[pk], sheets.get(pk, {}), pass_mark=definitions[pk].legs[leg].pass_mark)
            for pk, leg in own.items()
        }
        | _self_verdicts(rows, definitions),
    }


def _self_verdicts(rows: Sequence[Any], definitions: Definitions) -> dict[int, Verdict]:
    """Of declarations whose own score has to reach a mark before they are filed."""
    marks = {
        row.id: definitions[row.id].legs[0].pass_mark
        for row in rows
        if row.stage in WRITING and definitions[row.id].legs[0].pass_mark is not None
    }
    sheets = self_scores_of(marks) if marks else {}
    return {pk: verdict_on(definitions[pk], sheets.get(pk, {}), pass_mark=mark) for pk, mark in marks.items()}


def _gap_counts(rows: Sequence[Any], definitions: Definitions) -> dict[int, int]:
    writing = [row.id for row in rows if row.stage in WRITING]
    if not writing:
        return {}
    answers = answers_of(writing)
    return {pk: len(blocking(gaps(definitions[pk], answers.get(pk, {})))) for pk in writing}


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
