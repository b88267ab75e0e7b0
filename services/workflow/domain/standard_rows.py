"""Rows of a workbook that fill the gaps of a standard, and never change what its source document gives."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from services.workflow.domain.faults import Fault, KeyPath, Place
from services.workflow.domain.programme import Definition, Track
from services.workflow.domain.standard import Criterion, Indicator, Standard


@dataclass(frozen=True)
class StandardRow:
    """One criterion of a workbook, with the indicator it belongs to. `row` is counted as the spreadsheet
    does; `track` is the key of the track whose standard it fills.
    """

    row: int
    indicator: str
    indicator_name: str
    indicator_points: Decimal
    criterion: Criterion
    track: str = ""


@dataclass
class _Filling:
    """What filling in has come to so far: the row behind each key, and the faults."""

    rows_at: dict[KeyPath, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def filled_in(
    definition: Definition, rows: Sequence[StandardRow]
) -> tuple[Definition, dict[KeyPath, int], tuple[Fault, ...]]:
    """The definition with its open indicators filled; the row behind each key; the faults of the rows.

    An indicator that no row fills stays a gap. Only an indicator marked as a gap takes rows. A row with the code
    of a line that the document names says what that line is worth; the document's words stand.
    """
    filling = _Filling()
    own = [row for row in rows if not row.track]
    standard = _standard(definition.standard, own, ("standard",), filling)
    tracks = tuple(_track(track, rows, ("tracks", t), filling) for t, track in enumerate(definition.tracks))
    known = {"", *(track.key for track in definition.tracks if track.standard)}
    strangers = [row for row in rows if row.track not in known]
    filling.faults += [_fault(row, "track", "standard.unknown_track", track=row.track) for row in strangers]
    done = replace(definition, standard=standard, tracks=tracks)
    return done, filling.rows_at, tuple(filling.faults)


def _track(track: Track, rows: Sequence[StandardRow], at: KeyPath, filling: _Filling) -> Track:
    if track.standard is None:
        return track
    own = [row for row in rows if row.track == track.key]
    return replace(track, standard=_standard(track.standard, own, (*at, "standard"), filling))


def _standard(standard: Standard, rows: Sequence[StandardRow], at: KeyPath, filling: _Filling) -> Standard:
    indicators = []
    for i, indicator in enumerate(standard.indicators):
        own = [row for row in rows if row.indicator == indicator.code]
        if own and indicator.gap:
            indicators.append(_filled(indicator, own, (*at, "indicators", i), filling))
        else:
            filling.faults += [_indicator_fault(row, "indicator", "standard.not_a_gap") for row in own]
            indicators.append(indicator)
    known = {indicator.code for indicator in standard.indicators}
    strangers = [row for row in rows if row.indicator not in known]
    filling.faults += [_indicator_fault(row, "indicator", "standard.unknown_indicator") for row in strangers]
    return replace(standard, indicators=tuple(indicators))


def _filled(indicator: Indicator, rows: Sequence[StandardRow], at: KeyPath, filling: _Filling) -> Indicator:
    """An open indicator with the rows' lines; lines that the document names come first, as it orders them."""
    name = indicator.name or rows[0].indicator_name
    points = indicator.points if indicator.points is not None else rows[0].indicator_points
    filling.faults += _disagreements(rows, name, points)
    filling.rows_at[at] = rows[0].row
    criteria = list(indicator.criteria)
    places = {criterion.code: c for c, criterion in enumerate(criteria) if criterion.is_open}
    for row in rows:
        place = places.pop(row.criterion.code, None)
        if place is None:
            place = len(criteria)
            criteria.append(row.criterion)
        else:
            criteria[place] = _valued(criteria[place], row.criterion)
        filling.rows_at[(*at, "criteria", place)] = row.row
    example = any(row.criterion.example for row in rows)
    return replace(indicator, name=name, points=points, criteria=tuple(criteria), gap=False, example=example)


def _valued(line: Criterion, given: Criterion) -> Criterion:
    """A line of the document with what it leaves open."""
    return replace(
        line,
        points=given.points,
        scorer=line.scorer or given.scorer,
        evidence=line.evidence or given.evidence,
        requirement=line.requirement or given.requirement,
        example=given.example,
    )


def _disagreements(rows: Sequence[StandardRow], name: str, points: Decimal) -> list[Fault]:
    """Rows that call their indicator otherwise than the document or its first row does."""
    faults = []
    for row in rows:
        if row.indicator_name != name:
            faults.append(_indicator_fault(row, "indicator_name", "standard.rows_disagree"))
        if row.indicator_points != points:
            faults.append(_indicator_fault(row, "indicator_points", "standard.rows_disagree"))
    return faults


def _indicator_fault(row: StandardRow, key: str, code: str) -> Fault:
    return _fault(row, key, code, indicator=row.indicator)


def _fault(row: StandardRow, key: str, code: str, **params: object) -> Fault:
    return Fault(row.row, key, code, params, Place.WORKBOOK)


def taken_over(standard: Standard, rows: Sequence[StandardRow]) -> Standard:
    """The standard with the criteria of a workbook: those of an indicator that it names are replaced by its rows, one
    that it does not name stays, a new one comes last.
    """
    own: dict[str, list[StandardRow]] = {}
    for row in rows:
        own.setdefault(row.indicator, []).append(row)
    indicators = [
        _replaced(indicator, own[indicator.code]) if indicator.code in own else indicator
        for indicator in standard.indicators
    ]
    known = {indicator.code for indicator in standard.indicators}
    new = [_replaced(Indicator(code, ""), own[code]) for code in own if code not in known]
    return replace(standard, indicators=(*indicators, *new))


def _replaced(indicator: Indicator, rows: Sequence[StandardRow]) -> Indicator:
    return replace(
        indicator,
        name=rows[0].indicator_name,
        points=rows[0].indicator_points,
        criteria=tuple(row.criterion for row in rows),
        gap=False,
        example=any(row.criterion.example for row in rows),
    )
