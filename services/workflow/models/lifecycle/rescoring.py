"""A sustained objection may send a unit back to be scored anew; its way from there is the route's."""

from typing import Any

from django.db import models
from django_fsm import transition

from services.workflow.domain.access import is_decider
from services.workflow.domain.guards import has_a_scoring_leg, is_not_vetoed, is_sustained
from services.workflow.domain.route import scoring_leg
from services.workflow.domain.stages import Stage


class RescoringLifecycle(models.Model):
    class Meta:
        abstract = True

    @transition(
        field="stage",
        source=[Stage.NOTICE, Stage.NAMING],
        target=Stage.EVALUATION,
        conditions=[is_not_vetoed, is_sustained, has_a_scoring_leg],
        permission=is_decider,
    )
    def rescore(self: Any) -> None:
        """Back to the last leg at which it was scored; what it comes to is decided and published anew."""
        self.leg = scoring_leg(self.facts.definition, self.leg)
