"""How many may be named: quotas, the tracks that share one, and their split by town. Pure counting."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from services.workflow.domain.composition import Makeup, breached
from services.workflow.domain.programme import Definition
from services.workflow.domain.programme_rules import CompositionRule, Quota, QuotaKind

LIMITS = (QuotaKind.MAXIMUM, QuotaKind.EXACT)


@dataclass(frozen=True)
class Sort:
    """What composition and quota look at of one subject."""

    track: str
    kind: str
    category: str

    @property
    def makeup(self) -> Makeup:
        return self.kind, self.category


def is_limited(quota: Quota) -> bool:
    """Whether a quota bars more than its number; a minimum only warns."""
    return quota.kind in LIMITS and quota.number is not None


def pool_of(whole: Definition, track: str) -> frozenset[str]:
    """The tracks that share one quota: a track with its own stands alone, the others share the programme's."""
    own = {each.key for each in whole.tracks if each.quota is not None}
    if track in own:
        return frozenset({track})
    return frozenset({"", *(each.key for each in whole.tracks)} - own)


def quota_left(quota: Quota, pool: frozenset[str], decided: Mapping[Sort, int]) -> int | None:
    """How many more may be decided; None where no quota bars it."""
    if not is_limited(quota):
        return None
    used = sum(count for sort, count in decided.items() if sort.track in pool)
    return (quota.number or 0) - used


def over_composed(rules: Iterable[CompositionRule], one: Sort, decided: Mapping[Sort, int]) -> str:
    """The name of the first rule that one more of this sort would break; "" where none. Tracks are counted together."""
    counts: Counter[Makeup] = Counter()
    for sort, count in decided.items():
        counts[sort.makeup] += count
    return next((rule.name for rule in breached(rules, counts, one.makeup)), "")


@dataclass(frozen=True)
class Allotment:
    """What a decision on one subject counts: its sort, the tracks that share its quota, those decided so far."""

    sort: Sort
    pool: frozenset[str]
    decided: Mapping[Sort, int]

    def left(self, quota: Quota) -> int | None:
        return quota_left(quota, self.pool, self.decided)

    def over_composed(self, rules: Iterable[CompositionRule]) -> str:
        return over_composed(rules, self.sort, self.decided)

    def with_more(self, more: Mapping[Sort, int]) -> "Allotment":
        """The same after further decisions."""
        return replace(self, decided=Counter(self.decided) + Counter(more))


@dataclass(frozen=True)
class Places:
    """What a decision on a declaration, or a town's endorsement, is counted against; `higher` are the cases that
    wait undecided with a better place."""

    quota_left: int | None = None
    town_quota_left: int | None = None
    town_pool: frozenset[str] | None = None
    over_composed: str = ""
    allotment: Allotment | None = None
    higher: frozenset[int] = frozenset()
    place: int | None = None


def town_numbers(quota: Quota, units: Mapping[str, int]) -> dict[int, int]:
    """{town: how many it may endorse} of the towns that the quota names."""
    return {units[town.town]: town.number for town in quota.towns if town.town in units}


def town_left(numbers: Mapping[int, int], town: int | None, endorsed: Iterable[int]) -> int | None:
    """How many more a town may endorse, given what it has endorsed so far; None where it has no number."""
    return numbers[town] - sum(endorsed) if town is not None and town in numbers else None
