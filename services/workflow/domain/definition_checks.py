"""What must hold of a whole definition before it may be published."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from services.workflow.domain.faults import KeyFault, KeyPath
from services.workflow.domain.programme import NAME_LENGTH, Definition
from services.workflow.domain.programme_rules import Quota, QuotaKind
from services.workflow.domain.route_checks import MOST_DAYS, route_faults
from services.workflow.domain.scoring import plain
from services.workflow.domain.standard_checks import (
    duplicate,
    duplicates,
    out_of_range,
    standard_faults,
    unknown_codes,
)

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LEAP_YEAR = 2024
MOST_YEARS = 20
MOST_MONTHS = 240


def definition_faults(definition: Definition) -> list[KeyFault]:
    """Every fault of the definition, the standard and the route included."""
    checks = (_of_names, _of_units, _of_grounds, _of_marks, _of_supervision, _of_windows, _of_lists)
    own = chain.from_iterable(check(definition) for check in checks)
    return [*own, *_of_quota(definition.quota), *route_faults(definition), *standard_faults(definition)]


def _of_names(definition: Definition) -> Iterator[KeyFault]:
    if not CODE.fullmatch(definition.code):
        yield KeyFault(("code",), "programme.bad_code", {"given": definition.code[:40]})
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
            yield KeyFault(("units", i, "code"), "programme.bad_code", {"given": unit.code[:40]})
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
    for i, indicator in enumerate(definition.indicators):
        for c, criterion in enumerate(indicator.criteria):
            if criterion.scorer:
                yield ("standard", "indicators", i, "criteria", c, "scorer"), criterion.scorer


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


def _of_marks(definition: Definition) -> Iterator[KeyFault]:
    total = definition.standard.total
    if not 0 < definition.pass_mark <= total:
        yield KeyFault(("pass_mark",), "programme.pass_mark_out_of_range", {"most": plain(total)})
    known = chain((indicator.code for indicator in definition.indicators), definition.standard.by_code.keys())
    for i, code in unknown_codes(definition.tie_break, known):
        yield KeyFault(("tie_break", i), "programme.unknown_tie_break", {"given": code})


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
    if definition.notice and not 1 <= definition.notice.working_days <= MOST_DAYS:
        yield out_of_range(("notice", "working_days"), 1, MOST_DAYS)


def _of_windows(definition: Definition) -> Iterator[KeyFault]:
    for key in ("opens", "closes"):
        text = getattr(definition.declaring, key)
        if text and not _is_day_of_year(text):
            yield KeyFault(("declaring", key), "programme.bad_day", {"given": text[:20]})


def _is_day_of_year(text: str) -> bool:
    try:
        date.fromisoformat(f"{LEAP_YEAR}-{text}")
    except ValueError:
        return False
    return len(text) == len("04-10")


def _of_lists(definition: Definition) -> Iterator[KeyFault]:
    for key in ("issuers", "subject_kinds"):
        if not getattr(definition, key):
            yield KeyFault((key,), "programme.empty")
    if definition.code in definition.ladder:
        at = ("ladder", definition.ladder.index(definition.code))
        yield KeyFault(at, "programme.ladder_cycle", {"given": definition.code})
    if not 1 <= definition.cycle_months <= MOST_MONTHS:
        yield out_of_range(("cycle_months",), 1, MOST_MONTHS)


def _of_quota(quota: Quota) -> Iterator[KeyFault]:
    limited = quota.kind is not QuotaKind.NONE
    if limited and quota.number is None:
        yield KeyFault(("quota", "number"), "programme.missing_key")
    if not limited and (quota.number is not None or quota.towns):
        yield KeyFault(("quota", "kind"), "programme.quota_without_kind")
    if quota.number is not None and quota.number < 1:
        yield KeyFault(("quota", "number"), "programme.not_above_zero")
    for i in duplicates([town.town for town in quota.towns]):
        yield duplicate(("quota", "towns", i, "town"), quota.towns[i].town)
    shared = sum(town.number for town in quota.towns)
    if quota.number is not None and quota.towns and _mismatched(quota.kind, shared, quota.number):
        params = {"sum": shared, "declared": quota.number}
        yield KeyFault(("quota", "towns"), "programme.quota_does_not_add_up", params)


def _mismatched(kind: QuotaKind, shared: int, number: int) -> bool:
    if kind is QuotaKind.EXACT:
        return shared != number
    return shared > number if kind is QuotaKind.MAXIMUM else shared < number
