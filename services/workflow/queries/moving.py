"""What moving an open case to a newer version of its programme would do, before anybody does it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.workflow.domain.actor import Actor
from services.workflow.domain.moving import Effect, effect
from services.workflow.domain.refused import Refused
from services.workflow.models import Answer, Declaration, ProgrammeVersion, Score
from services.workflow.queries.definitions import track_definition
from services.workflow.queries.rights import visible_to


@dataclass(frozen=True)
class Moving:
    """A case, the version that holds for it, the one it would be moved to, and what that does."""

    case: Any
    before: ProgrammeVersion
    after: ProgrammeVersion
    effect: Effect


def newer_versions(case: Any) -> list[ProgrammeVersion]:
    """The versions published after the one that holds for a case, oldest first."""
    before = present_version(case)
    found = ProgrammeVersion.objects.filter(programme=before.programme_id, number__gt=before.number)
    return list(found.order_by("number"))


def present_version(case: Any) -> ProgrammeVersion:
    """The version a case was moved to, else its edition's."""
    moved: ProgrammeVersion | None = case.definition_version
    return moved if moved is not None else case.edition.definition_version


def moving_of(actor: Actor, case_id: int, number: int) -> Moving:
    """What moving this case to version `number` would do. Refused: case.not_found, version.*."""
    rows = visible_to(actor, Declaration).select_related("edition__definition_version", "definition_version")
    case: Any = rows.filter(pk=case_id).first()
    if case is None:
        raise Refused("case.not_found", case=case_id)
    return moving(case, number)


def moving(case: Any, number: int) -> Moving:
    """The same for a case that is at hand."""
    before = present_version(case)
    after = ProgrammeVersion.objects.filter(programme=before.programme_id, number=number).first()
    if after is None:
        raise Refused("version.not_found", number=number)
    if after.number <= before.number:
        raise Refused("version.not_newer", number=number)
    found = effect(
        _definition(case, before),
        _definition(case, after),
        leg=case.leg,
        asked=[leg for leg in (case.return_leg, *case.asked_before) if leg is not None],
        given=scores_given(case.pk),
    )
    return Moving(case, before, after, found)


def _definition(case: Any, version: ProgrammeVersion) -> Any:
    return track_definition(version.pk, case.track, case.category)


def scores_given(case_id: int) -> dict[str, Decimal | None]:
    """Each criterion that the unit or a body has scored, with the most points that anybody gave."""
    given: dict[str, Decimal | None] = {}
    answers = Answer.objects.filter(declaration=case_id).values_list("criterion", "points")
    scores = Score.objects.filter(case_id=case_id, rereview__isnull=True).values_list("criterion", "points")
    for code, points in [*answers, *scores]:
        before = given.get(code)
        given[code] = points if before is None else before if points is None else max(before, points)
    return given
