"""What each row of the funnel is called: by what had to be passed to come so far."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.workflow.domain.blocks import Block
from services.workflow.domain.stages import Stage


def funnel_label(block: Block, before: Block | None) -> str:
    """The name of a row; a stage that the route has twice is told by its leg."""
    if before is None:
        return pgettext("row of the funnel", "Filed")
    if block.stage is Stage.NAMED:
        return pgettext("row of the funnel", "Named")
    if block.stage is Stage.NOTICE:
        words = _("Came to: %(leg)s") % {"leg": block.leg}
        return words if block.recurs else pgettext("row of the funnel", "In public notice")
    if block.by_town:
        return pgettext("row of the funnel", "Endorsed by the town")
    if block.after == Stage.ELIGIBILITY:
        return pgettext("row of the funnel", "Eligible")
    if before.stage is Stage.NOTICE and not before.recurs:
        return pgettext("row of the funnel", "Passed the notice")
    return _("Passed: %(leg)s") % {"leg": block.leg_before}
