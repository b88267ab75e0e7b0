"""Sentences for what keeps a faultless programme from being run."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from services.workflow.domain.flaws import Flaw
from services.workflow.domain.programme import Definition
from services.workflow.domain.stages import Role
from services.workflow.wording.labels import role_label

FLAWS: dict[str, Promise] = {
    "route.no_way_on": _("No step leads on from a leg with the stage “%(stage)s” and the mode “%(mode)s”."),
    "route.unreachable": _("No case ever comes to the leg “%(leg)s”."),
    "route.not_scored": _("It is to be decided here, and nobody has scored these criteria: %(criteria)s."),
    "route.decides_nowhere": _(
        "No leg decides: pass mark, quota and composition are never asked (stage evaluation, mode single)."
    ),
    "body.unknown_unit": _("The organisation has no unit “%(unit)s”."),
    "body.nobody": _("In %(unit)s nobody holds the role %(role)s."),
    "body.nobody_in_some": _("In %(number)s units, such as %(first)s, nobody holds the role %(role)s."),
    "body.unresolved": _("“%(body)s” is no unit for %(number)s subjects, such as %(first)s."),
    "body.judges_itself": _("%(number)s subjects, such as %(first)s, would judge themselves."),
    "body.no_subject": _("There is no subject yet in the scope: %(kinds)s."),
    "quota.larger_than_field": _("%(number)s are to be named in %(where)s, and %(field)s could be."),
    "ladder.leads_back": _("The ladder leads back to its beginning: %(way)s."),
    "quorum.out_of_reach": _("%(needed)s are needed and %(number)s are there."),
    "notice.one_person": _("%(unit)s has one person only; a second one has to release a notice."),
    "scoring.no_outliers": _("%(unit)s has %(number)s scorers; outliers are left out from three on."),
    "dates.cannot_be_kept": _(
        "Filed on %(filed)s, this leg lasts until %(ends)s, and its window closes on %(closes)s."
    ),
    "dates.tight_for_the_last": _(
        "Whoever files on %(filed)s may still be at this leg on %(ends)s; its window closes on %(closes)s."
    ),
}


def flaw_sentence(flaw: Flaw) -> str:
    """What is wrong, in the language in use."""
    params = dict(flaw.params)
    if "role" in params:
        params["role"] = role_label(Role(str(params["role"])))
    return str(FLAWS[flaw.code]) % params


def flaw_line(flaw: Flaw, definition: Definition) -> str:
    """The track, the way to it by the names of its legs, and what is wrong there."""
    track = next((track for track in definition.tracks if track.key == flaw.track), None)
    legs = (track.legs if track else ()) or definition.legs
    names = {leg.key: leg.name for leg in legs}
    way = " → ".join(f"{names.get(key, key)}({key})" for key in flaw.way)
    head = gettext("Track %(name)s") % {"name": track.name} if track else ""
    return " · ".join(part for part in (head, way, flaw_sentence(flaw)) if part)
