"""A small organisation in which the sample programme can be run."""

from dataclasses import replace

from services.workflow.domain.organisation import Organisation, OrganisedUnit

UNITS = (
    OrganisedUnit("city", "云州市", "city"),
    OrganisedUnit("yunling", "云岭区", "district", "city"),
    OrganisedUnit("office", "区文明办", "department", "yunling", {"office": 2}),
    OrganisedUnit("committee", "区文明委", "committee", "yunling", {"committee": 3}),
    OrganisedUnit("dep-org", "区委组织部", "department", "yunling", {"department": 1}),
    OrganisedUnit("dep-urban", "区城管局", "department", "yunling", {"department": 1}),
    OrganisedUnit("songxi", "松溪街道", "town", "yunling", {"town": 1}),
    OrganisedUnit("guihua", "桂花街道", "town", "yunling", {"town": 1}),
    OrganisedUnit("tingquan", "听泉社区", "community", "songxi", {"declarant": 1}),
    OrganisedUnit("meiyuan", "梅园社区", "community", "guihua", {"declarant": 1}),
    OrganisedUnit("wang", "王社工", "person", "tingquan", {"declarant": 1}),
)
ORGANISATION = Organisation(UNITS)


def without(*codes: str) -> Organisation:
    return Organisation(tuple(unit for unit in UNITS if unit.code not in codes))


def with_unit(code: str, **changes: object) -> Organisation:
    """The organisation with one unit changed."""
    return Organisation(
        tuple(replace(unit, **changes) if unit.code == code else unit for unit in UNITS)  # type: ignore[arg-type]  # any field
    )
