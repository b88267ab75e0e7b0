"""One mark out of several: what the members of a jury gave for one criterion."""

from collections.abc import Sequence
from decimal import Decimal

from services.workflow.domain.scoring import NOT_APPLICABLE, ZERO, Score


def moderated(points: Sequence[Decimal], *, drop_outliers: bool) -> Decimal:
    """The mean of what several scorers gave for one criterion, unrounded.

    With `drop_outliers` one highest and one lowest are left out, from three scorers on; fewer have no
    outlier.
    """
    assert points
    kept = sorted(points)
    if drop_outliers and len(kept) > 2:
        kept = kept[1:-1]
    return sum(kept, ZERO) / len(kept)


def moderated_score(scores: Sequence[Score], *, drop_outliers: bool) -> Score:
    """One score of what several members gave for one criterion; their order does not matter.

    Missing while one of them has not scored. Who finds it not applicable leaves the mean, unless all do. Each
    mark is kept beside the mean.
    """
    assert scores
    marks = tuple(sorted(scores, key=lambda score: (score.scorer, str(score.points), score.source)))
    scorers = "、".join(score.scorer for score in marks)
    given = [score.points for score in marks if isinstance(score.points, Decimal)]
    if any(score.points is None for score in marks):
        return Score(None, scorers, marks=marks)
    points = moderated(given, drop_outliers=drop_outliers) if given else NOT_APPLICABLE
    return Score(points, scorers, marks=marks)
