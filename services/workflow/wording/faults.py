"""Sentences for the faults of a programme file or its workbook."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from services.workflow.domain.faults import Fault, Place

TYPES = {
    "text": _("a text in quotation marks"),
    "number": _("a number"),
    "whole_number": _("a whole number"),
    "true_or_false": _("true or false"),
    "fraction": _('a share such as "2/3"'),
    "list": _("a list"),
    "table": _("a table"),
}

FAULTS: dict[str, Promise] = {
    "programme.unreadable": _("This is no readable TOML: %(reason)s."),
    "programme.file_too_long": _("The file is longer than %(limit)s characters."),
    "programme.not_utf8": _("The file is not encoded in UTF-8."),
    "programme.no_public_notice": _("The route has no public notice, which higher rules ask for."),
    "programme.unknown_key": _("This key is not known here. Known are: %(known)s."),
    "programme.missing_key": _("This key is missing."),
    "programme.wrong_type": _("Here must stand %(wanted)s."),
    "programme.unknown_value": _("“%(given)s” is not known here. Known are: %(known)s."),
    "programme.empty": _("This must not be empty."),
    "programme.bad_code": _(
        "“%(given)s” is no code: up to %(limit)s small Latin letters, digits and hyphens, a letter or digit first."
    ),
    "programme.name_too_long": _("The name has %(length)s characters; at most %(limit)s are allowed."),
    "programme.duplicate": _("“%(given)s” stands here twice."),
    "programme.out_of_range": _("The value must lie between %(least)s and %(most)s."),
    "programme.not_above_zero": _("The value must be above zero."),
    "programme.below_zero": _("The value must not be below zero."),
    "programme.unknown_unit": _("The unit “%(unit)s” is not among the units of this file."),
    "programme.unit_does_not_exist": _("There is no unit with the code “%(unit)s” here."),
    "programme.role_against_unit": _("The role “%(role)s” does not act for “%(unit)s”."),
    "programme.route_empty": _("The route has no legs."),
    "programme.route_must_begin_with_declaring": _(
        "The route must begin with the declaration: stage draft, mode single, role declarant."
    ),
    "programme.route_must_end_with_naming": _(
        "The route must end with the naming: stage naming, mode single."
    ),
    "programme.stage_not_here": _("A leg at this place cannot have the stage “%(stage)s”."),
    "programme.mode_against_stage": _(
        "The mode does not fit the stage “%(stage)s”: a public notice has both the stage and the mode notice."
    ),
    "programme.bodies_missing": _("The mode “%(mode)s” needs the bodies that take part."),
    "programme.bodies_not_asked": _("The mode “%(mode)s” asks no other bodies."),
    "programme.rule_against_mode": _("This rule does not apply to the mode “%(mode)s”."),
    "programme.return_not_earlier": _("“%(leg)s” is no earlier leg of the route."),
    "programme.return_to_notice": _("“%(leg)s” is a public notice; a case is not sent back to one."),
    "programme.return_through_notice": _(
        "After a return to “%(leg)s” the case would come to a public notice again; let it go straight back."
    ),
    "programme.return_not_here": _("No case is sent back from a leg with the stage “%(stage)s”."),
    "programme.window_not_here": _(
        "Only a window of evaluating or naming that opens or closes on a day says what is done outside it."
    ),
    "programme.quorum_cannot_be_met": _("The number cannot be reached: %(most)s bodies take part."),
    "programme.pass_mark_out_of_range": _("The pass mark must be above zero and not above %(most)s."),
    "programme.unknown_tie_break": _("“%(given)s” is no indicator or criterion of the standard."),
    "programme.proposer_decides": _("Whoever proposes a revocation cannot decide it."),
    "programme.bad_day": _("“%(given)s” is no day of the year; write month and day as 04-10."),
    "programme.ladder_cycle": _("A programme cannot ask for its own title."),
    "programme.ladder_leads_back": _("The ladder leads back to its beginning: %(way)s."),
    "programme.bad_key": _(
        "“%(given)s” is no key: up to 40 Latin letters, digits, hyphens and underscores, a letter or digit first."
    ),
    "programme.unknown_category": _("The programme has no category “%(given)s”."),
    "programme.kind_not_subject": _("“%(given)s” is not among the kinds of subject."),
    "programme.kind_on_two_tracks": _("“%(given)s” stands on another track already."),
    "programme.own_check_not_here": _(
        "A self-check needs the mode single and a place between the declaration and the naming."
    ),
    "programme.leg_mark_not_here": _("Only the declaration and a self-check have a pass mark of their own."),
    "programme.sample_not_here": _(
        "A spot check comes after a lower body's leg and is no public notice and no naming."
    ),
    "programme.level_out_of_reach": _("The level must begin above zero and not above %(most)s."),
    "programme.levels_out_of_order": _("Levels must rise."),
    "programme.quota_without_kind": _("A quota needs its kind: minimum, exact or maximum."),
    "programme.quota_does_not_add_up": _("The towns' quotas come to %(sum)s, the quota is %(declared)s."),
    "standard.points_do_not_add_up": _(
        "The points come to %(sum)s instead of %(declared)s (difference %(difference)s)."
    ),
    "standard.points_do_not_add_up_in_category": _(
        "Category “%(category)s”: the points come to %(sum)s instead of %(declared)s (difference %(difference)s)."
    ),
    "standard.targets_do_not_add_up": _("There are %(number)s targets instead of %(declared)s."),
    "standard.targets_are_whole": _("Where targets are counted only %(only)s is possible here."),
    "standard.target_counts_one": _("A target counts one; its points are 1 or left out."),
    "standard.rule_gives_parts": _("The rule “%(rule)s” gives parts of points, and a target is met or not."),
    "standard.method_without_weight": _("The method “%(method)s” has no weight."),
    "standard.weight_without_criterion": _("No criterion that counts is looked into by “%(method)s”."),
    "standard.programme_without_import": _("Only the rule imported takes the score of another programme."),
    "standard.imports_itself": _("A programme cannot import its own score."),
    "standard.criteria_do_not_add_up": _("There are %(number)s criteria instead of %(declared)s."),
    "standard.bad_code": _(
        "“%(given)s” is no code of a line: up to 12 Latin letters, digits, points and hyphens."
    ),
    "standard.indicator_empty": _("The indicator has no criteria and is not marked as a gap."),
    "standard.points_too_fine": _("The points have more than %(decimals)s decimal places."),
    "standard.figure_missing": _("The rule “%(rule)s” needs a figure that it is computed from."),
    "standard.tiers_out_of_order": _("Tiers must rise, and a higher one must not give fewer points."),
    "standard.scorer_not_on_route": _("The department “%(unit)s” takes part in no scoring leg."),
    "standard.body_scores_nothing": _("The department “%(unit)s” takes part but has no criterion to score."),
    "standard.not_a_gap": _(
        "Indicator %(indicator)s is given by the programme and is not filled by a workbook."
    ),
    "standard.unknown_indicator": _("The programme has no indicator %(indicator)s."),
    "standard.unknown_track": _("The programme has no track “%(track)s” with a standard of its own."),
    "standard.rows_disagree": _(
        "Rows of indicator %(indicator)s must agree on the indicator's name and points."
    ),
    "calendar.no_day": _("“%(given)s” is no day; write it as 2027-01-01."),
    "calendar.ends_before": _("The last day lies before the first (%(first)s)."),
    "calendar.wrong_year": _("These days do not lie in %(year)s; each year is loaded by its own file."),
    "calendar.overlap": _("%(day)s stands in row %(first)s already."),
    "calendar.weekday_worked": _("Only a Saturday or Sunday is a make-up working day."),
    "calendar.gap": _("“%(name)s” has a gap: working days lie between %(after)s and this row."),
    "calendar.feast_missing": _("“%(name)s” is missing: the file is not the whole year's."),
    "workbook.unreadable": _("This is no readable XLSX workbook."),
    "workbook.too_large": _("The workbook is larger than %(limit)s MB."),
    "workbook.too_many_rows": _("The workbook has more than %(limit)s rows."),
    "workbook.no_header": _("The row of column codes is missing: %(wanted)s."),
    "workbook.missing_value": _("This cell must not be empty."),
    "workbook.faulty": _("The workbook has faults. Nothing of it was taken over; correct the cells named."),
    "workbook.bad_code": _(
        "“%(given)s” is no code: up to 40 small Latin letters, digits and hyphens, a letter or digit first."
    ),
    "workbook.bad_username": _(
        "“%(given)s” is no user name: up to 60 small Latin letters, digits, points, hyphens and underscores."
    ),
    "workbook.duplicate": _("“%(given)s” stands in row %(first)s already."),
    "workbook.unknown_unit": _("There is no unit “%(given)s”, neither here nor in the workbook."),
    "workbook.kind_fixed": _("The unit exists as “%(given)s”; its kind cannot be changed."),
    "workbook.parent_kind": _("A unit of this kind stands directly under one of these: %(known)s."),
    "workbook.parents_in_circle": _("“%(given)s” would stand above itself."),
    "workbook.names_differ": _("The same user name has another name in row %(first)s."),
    "workbook.powers_apart": _(
        "System, security and audit administration lie in three hands: nobody holds two of them."
    ),
    "workbook.own_office": _("Nobody gives or ends an office of their own."),
    "figure.refused": _("The figure cannot be taken: %(words)s"),
    "workbook.too_long": _("The text has %(length)s characters; at most %(limit)s are allowed."),
    "workbook.not_a_number": _("“%(given)s” is no number."),
    "workbook.not_whole": _("“%(given)s” is no whole number."),
    "workbook.unknown_value": _("“%(given)s” is not known here. Known are: %(known)s."),
}


def fault_sentence(fault: Fault) -> str:
    """What is wrong, without the place, in the language in use."""
    params: Mapping[str, object] = dict(fault.params)
    if "wanted" in params:
        params = {**params, "wanted": TYPES.get(str(params["wanted"]), params["wanted"])}
    return str(FAULTS[fault.code]) % params


def fault_line(fault: Fault) -> str:
    """One line of a list of faults: where, at which key, what."""
    if fault.line is None:
        place = ""
    elif fault.place is Place.WORKBOOK:
        place = gettext("Workbook, row %(row)s") % {"row": fault.line}
    else:
        place = gettext("Line %(line)s") % {"line": fault.line}
    return " · ".join(part for part in (place, fault.key, fault_sentence(fault)) if part)
