"""The order of the cases of one edition and track by what they have scored."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.workflow.domain.programme import Definition
from services.workflow.domain.ranking import Place, Standing, ranked, standing, waits_before
from services.workflow.domain.scoring import total
from services.workflow.domain.stages import REVIEWING, Stage
from services.workflow.models import Declaration, Edition, Veto
from services.workflow.queries.definitions import track_definition, version_of
from services.workflow.queries.scores import sheets_of, wanted_at


@dataclass(frozen=True)
class Ranking:
    """Places of everybody with a complete score; `undecided` wait for the decision with nothing against them."""

    places: Mapping[int, Place]
    undecided: frozenset[int]

    def higher_than(self, case: int) -> frozenset[int]:
        """Cases that wait with a strictly better place."""
        if case not in self.places:
            return frozenset()
        return frozenset(waits_before(self.places.values(), case, self.undecided - {case}))


def ranking_of(edition: Edition, track: str) -> Ranking:
    """The ranking of one edition and track, in a number of statements that does not grow."""
    rows = list(
        Declaration.objects.filter(
            edition=edition, track=track, stage__in=[*map(str, REVIEWING), str(Stage.NAMED)]
        ).exclude(stage__in=[str(Stage.PRELIMINARY_REVIEW), str(Stage.ELIGIBILITY)])
    )
    judged = [row for row in rows if row.result_points is not None or row.stage == Stage.EVALUATION]
    definitions = {
        row.pk: track_definition(version_of(row, edition), row.track, row.category) for row in judged
    }
    standings = _standings(judged, definitions)
    tie_break = track_definition(edition.definition_version_id, track).tie_break
    places = {place.case: place for place in ranked(standings, tie_break)}
    waiting = {row.pk for row in judged if row.stage == Stage.EVALUATION and row.pk in places}
    vetoed = Veto.objects.filter(case_id__in=waiting, lifted_at__isnull=True).values_list(
        "case_id", flat=True
    )
    return Ranking(places, frozenset(waiting - set(vetoed)))


def _standings(rows: Sequence[Any], definitions: Mapping[int, Definition]) -> Iterable[Standing]:
    """By the points kept on the row; single scores are read where the row has none yet, or others have as many."""
    as_many = Counter(row.result_points for row in rows if row.result_points is not None)
    closer = [
        row
        for row in rows
        if row.result_points is None or (definitions[row.pk].tie_break and as_many[row.result_points] > 1)
    ]
    sheets = sheets_of({row.pk: wanted_at(definitions[row.pk], row.leg) for row in closer}) if closer else {}
    looked_at = {row.pk for row in closer}
    for row in rows:
        if row.pk not in looked_at:
            yield Standing(row.pk, row.result_points)
            continue
        definition = definitions[row.pk]
        known = definition.standard.by_code
        sheet = {code: score for code, score in sheets.get(row.pk, {}).items() if code in known}
        found = total(definition.standard, sheet)
        if found.complete:
            yield standing(row.pk, found, definition.tie_break)
        elif row.result_points is not None:
            yield Standing(row.pk, row.result_points)
