"""What is said where something about work is not allowed that moves no case: claims, copies, deputies, conflicts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORK: dict[str, Promise] = {
    "office.not_found": _("This office cannot be found."),
    "work.not_yours": _("This does not wait for you, or a colleague has it."),
    "work.claimed": _("%(name)s has claimed it already."),
    "work.not_claimed": _("You have not claimed this."),
    "work.personal": _("This was given to one person by name and cannot be passed on this way."),
    "work.nobody_waits": _("Nobody has this to do at present; there is nobody to urge."),
    "work.own": _("It waits for yourself. Take the step instead."),
    "reassign.not_a_colleague": _("Choose somebody who holds the same office in your unit."),
    "urge.too_soon": _("You have urged this today already. Urge again on the next working day."),
    "copy.may_not_see": _("%(name)s may not see this case, so it cannot be copied there."),
    "copy.exists": _("%(name)s has a copy of this already."),
    "copy.nobody": _("Choose at least one person, and at most %(most)s."),
    "deputy.not_a_colleague": _("Choose an active colleague of your own unit."),
    "deputy.period": _("A deputy stands in from today or later, for at most %(most)s days."),
    "deputy.overlaps": _("For part of this time you have a deputy already. Revoke that one first."),
    "deputy.powers_apart": _("The three administrators' powers are not given to a deputy."),
    "deputy.not_found": _("This deputyship cannot be found, or has ended."),
    "deputy.not_by_deputy": _("A deputy cannot do this on behalf of somebody else."),
    "view.name_taken": _("You have a view of this name already."),
    "view.too_many": _("You can keep %(most)s views at most. Delete one first."),
    "view.not_found": _("This view cannot be found."),
    "phrase.too_many": _("You can keep %(most)s phrases at most. Delete one first."),
    "phrase.exists": _("You have this phrase already."),
    "phrase.not_found": _("This phrase cannot be found."),
    "conflict.related": _(
        "You have declared a relation to this unit. Leave this to a colleague or your deputy."
    ),
    "conflict.recused": _("You have recused yourself from this case."),
    "conflict.was_of_unit": _(
        "You worked in this unit while its case was under way. Leave this to a colleague."
    ),
    "recuse.nobody_left": _(
        "Nobody else could do it in your place. Name a colleague, or appoint a deputy first."
    ),
    "recuse.already": _("You have recused yourself from this case already."),
    "relation.one_of": _("Name either a unit or a person that you are related to."),
    "relation.exists": _("You have declared this relation already."),
    "relation.not_found": _("This relation cannot be found, or has ended."),
    "cosign.self": _("Ask somebody else for an opinion."),
    "cosign.may_not_see": _("%(name)s may not see this case."),
    "cosign.asked": _("%(name)s has been asked and has not answered yet."),
    "cosign.not_asked": _("Nobody waits for your opinion on this case."),
    "hand_over.not_of_unit": _("Choose another active person of your own unit."),
    "hand_over.same": _("%(name)s is in charge of it already."),
}
