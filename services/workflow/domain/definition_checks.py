"""What must hold of a whole definition before it may be published."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from services.workflow.domain.checking import (
    CODE,
    bad_days,
    duplicate,
    duplicates,
    out_of_range,
    outside_share,
)
from services.workflow.domain.extent_checks import extent_faults, ladder_faults
from services.workflow.domain.faults import KeyFault, KeyPath
from services.workflow.domain.programme import NAME_LENGTH, Definition
from services.workflow.domain.programme_rules import RELATIVE_UNITS, NoticeRule, Outside, SupervisionRule
from services.workflow.domain.route_checks import MOST_DAYS
from services.workflow.domain.standard import Standard
from services.workflow.domain.track_checks import own_faults, track_faults

# It stands before year and number on declarations and in the register, which have 30 characters.
PROGRAMME_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,15}")
SHOWN_MOST = 3660  # days, ten years
MOST_YEARS = 20
MOST_MONTHS = 240


def definition_faults(definition: Definition, others: Iterable[Definition] = ()) -> list[KeyFault]:
    """Every fault of the definition, its standard, route and tracks included.

    `others` are the other programmes: with them a ladder that leads back to its beginning is found.
    """
    checks = (
        _of_names,
        _of_units,
        _of_grounds,
        _of_supervision,
        _of_notices,
        _of_admission,
        _of_windows,
        _of_lists,
    )
    own = chain.from_iterable(check(definition) for check in checks)
    extent = (*extent_faults(definition), *ladder_faults(definition, others))
    return [*own, *extent, *own_faults(definition), *track_faults(definition)]


def _of_names(definition: Definition) -> Iterator[KeyFault]:
    if not PROGRAMME_CODE.fullmatch(definition.code):
        yield KeyFault(("code",), "programme.bad_code", {"given": definition.code[:40], "limit": 16})
    for key in ("name", "title"):
        text = getattr(definition, key)
        if not text.strip():
            yield KeyFault((key,), "programme.empty")
        if len(text) > NAME_LENGTH:
            params = {"limit": NAME_LENGTH, "length": len(text)}
            yield KeyFault((key,), "programme.name_too_long", params)


def _of_units(definition: Definition) -> Iterator[KeyFault]:
    codes = [unit.code for unit in definition.units]
    for i in duplicates(codes):
        yield duplicate(("units", i, "code"), codes[i])
    for i, unit in enumerate(definition.units):
        if not CODE.fullmatch(unit.code):
            yield KeyFault(("units", i, "code"), "programme.bad_code", {"given": unit.code[:40], "limit": 40})
        if not unit.name:
            yield KeyFault(("units", i, "name"), "programme.empty")
    for place, code in _unit_codes(definition):
        if code not in codes:
            yield KeyFault(place, "programme.unknown_unit", {"unit": code})


def _unit_codes(definition: Definition) -> Iterator[tuple[KeyPath, str]]:
    yield ("scope",), definition.scope
    for list_name in ("veto_grounds", "negative_list"):
        grounds = getattr(definition, list_name)
        yield from (((list_name, i, "owner"), ground.owner) for i, ground in enumerate(grounds))
    yield from _scorers(definition.standard, ())
    for t, track in enumerate(definition.tracks):
        if track.standard:
            yield from _scorers(track.standard, ("tracks", t))


def _scorers(standard: Standard, at: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    for i, indicator in enumerate(standard.indicators):
        for c, criterion in enumerate(indicator.criteria):
            if criterion.scorer and criterion.scorer not in RELATIVE_UNITS:
                yield (*at, "standard", "indicators", i, "criteria", c, "scorer"), criterion.scorer


def _of_grounds(definition: Definition) -> Iterator[KeyFault]:
    for list_name in ("veto_grounds", "negative_list"):
        grounds = getattr(definition, list_name)
        for i in duplicates([ground.code for ground in grounds]):
            yield duplicate((list_name, i, "code"), grounds[i].code)
        for i, ground in enumerate(grounds):
            if not ground.code or not ground.name:
                yield KeyFault((list_name, i, "name" if ground.code else "code"), "programme.empty")
            if not 0 <= ground.look_back_months <= MOST_MONTHS:
                yield out_of_range((list_name, i, "look_back_months"), 0, MOST_MONTHS)


def _of_supervision(definition: Definition) -> Iterator[KeyFault]:
    rule = definition.supervision
    if rule.revocation_proposer == rule.revocation_decider:
        yield KeyFault(("supervision", "revocation_decider"), "programme.proposer_decides")
    for key in ("rereview_every_years", "term_years", "ban_years"):
        years = getattr(rule, key)
        if years is not None and not 1 <= years <= MOST_YEARS:
            yield out_of_range(("supervision", key), 1, MOST_YEARS)
    for key in ("rectification_working_days", "rereview_working_days"):
        if not 1 <= getattr(rule, key) <= MOST_DAYS:
            yield out_of_range(("supervision", key), 1, MOST_DAYS)
    yield from outside_share(("supervision", "renewed_share"), rule.renewed_share)
    if rule.revocation_vote and not 0 < rule.revocation_vote.quorum <= 1:
        yield out_of_range(("supervision", "revocation_vote", "quorum"), 0, 1)
    if rule.review_objections is not None and rule.review_objections < 1:
        yield KeyFault(("supervision", "review_objections"), "programme.not_above_zero")
    yield from _of_marks(rule)
    for i in duplicates(rule.outcomes):
        yield duplicate(("supervision", "outcomes", i), rule.outcomes[i])


def _of_notices(definition: Definition) -> Iterator[KeyFault]:
    """The programme's own rule, and how long the notices of single legs stay up."""
    own = definition.notice
    if own and not 1 <= own.working_days <= MOST_DAYS:
        yield out_of_range(("notice", "working_days"), 1, MOST_DAYS)
    places: list[tuple[KeyPath, NoticeRule | None]] = [(("notice",), own)]
    places += [(("legs", i, "notice"), leg.notice) for i, leg in enumerate(definition.legs)]
    for place, rule in places:
        if rule and rule.shown_days is not None and not 1 <= rule.shown_days <= SHOWN_MOST:
            yield out_of_range((*place, "shown_days"), 1, SHOWN_MOST)


def _of_marks(rule: SupervisionRule) -> Iterator[KeyFault]:
    """Each programme once, with a mark that a score can fall below."""
    for i in duplicates([mark.programme for mark in rule.review_scores]):
        yield duplicate(("supervision", "review_scores", i, "programme"), rule.review_scores[i].programme)
    for i, mark in enumerate(rule.review_scores):
        if mark.below <= 0:
            yield KeyFault(("supervision", "review_scores", i, "below"), "programme.not_above_zero")


def _of_admission(definition: Definition) -> Iterator[KeyFault]:
    rule = definition.admission
    if rule.participants is not None and rule.participants < 1:
        yield KeyFault(("admission", "participants"), "programme.not_above_zero")
    if rule.notice_working_days is not None and not 1 <= rule.notice_working_days <= MOST_DAYS:
        yield out_of_range(("admission", "notice_working_days"), 1, MOST_DAYS)


def _of_windows(definition: Definition) -> Iterator[KeyFault]:
    for key in ("declaring", "evaluating", "naming"):
        window = getattr(definition, key)
        yield from bad_days((key,), (("opens", window.opens), ("closes", window.closes)))
        bounded = window.opens or window.closes
        if window.outside is not Outside.WARN and (key == "declaring" or not bounded):
            yield KeyFault((key, "outside"), "programme.window_not_here")


def _of_lists(definition: Definition) -> Iterator[KeyFault]:
    for key in ("issuers", "subject_kinds"):
        if not getattr(definition, key):
            yield KeyFault((key,), "programme.empty")
    if not 1 <= definition.cycle_months <= MOST_MONTHS:
        yield out_of_range(("cycle_months",), 1, MOST_MONTHS)
