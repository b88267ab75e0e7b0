"""Published definitions as the domain's values. A version never changes, so each is read once a process."""

from functools import lru_cache

from services.workflow.domain.definition_codec import definition_from_dict
from services.workflow.domain.programme import Definition
from services.workflow.models import ProgrammeVersion, Unit


@lru_cache(maxsize=256)
def definition_of(version_id: int) -> Definition:
    """The definition of one published version."""
    return definition_from_dict(
        ProgrammeVersion.objects.values_list("definition", flat=True).get(pk=version_id)
    )


def unit_ids(definition: Definition) -> dict[str, int]:
    """Keys of the units that a definition names by code."""
    codes = {body.unit for body in definition.bodies() if not body.is_relative}
    codes |= {ground.owner for ground in definition.veto_grounds}
    codes |= {criterion.scorer for _, criterion in definition.standard.lines}
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))
