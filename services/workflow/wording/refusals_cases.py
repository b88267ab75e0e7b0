"""What is said where a step on a case is not allowed: one sentence for each code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CASES: dict[str, Promise] = {
    # steps
    "case.not_found": _("This case cannot be found, or is not for your office to see."),
    "step.unknown": _("There is no step called “%(step)s” here."),
    "step.out_of_order": _("“%(step)s” cannot be taken now: the case stands at “%(place)s”."),
    "step.not_yours": _(
        "“%(step)s” is for another office to take. If it is your task, change to the right office at the "
        "top of the page."
    ),
    "step.not_on_this_leg": _("“%(step)s” does not belong to this point of the route."),
    "edition.outside_evaluating": _("Today lies outside the period in which this edition is evaluated."),
    "edition.outside_naming": _("Today lies outside the period in which titles of this edition are given."),
    "edition.outside_without_reason": _(
        "Today lies outside the period that the programme sets. Say why it is done all the same."
    ),
    "return.leg_not_allowed": _("The programme does not let this leg send a case back to there."),
    "return.unknown_part": _("“%(part)s” is no indicator or criterion of this declaration's standard."),
    "return.too_many": _("At most %(most)s points can be listed for one correction."),
    "steps.count": _("Choose between one and %(most)s cases."),
    "conflict.own_unit": _("Nobody may decide about their own unit. Leave this to another office."),
    "conflict.acted_before": _(
        "You have already acted on this case in another office. Leave this step to a colleague."
    ),
    "conflict.investigator_judged": _(
        "This investigator has taken part in judging the case. Choose another."
    ),
    "reason.missing": _("A reason is needed for “%(step)s”. Write it down, then send it again."),
    "reason.too_long": _("The reason is too long: %(limit)s characters at most."),
    # declarations
    "declaration.incomplete": _(
        "The declaration is not complete. Open the list of what is missing, fill it in, then file it."
    ),
    "declaration.window_closed": _("Declarations are filed only within the period of this edition."),
    "declaration.banned": _("After its title was revoked this unit may not declare yet."),
    "declaration.title_held": _(
        "This unit holds the title already; its re-review keeps it, no new declaration is needed."
    ),
    "declaration.vetoed": _(
        "An open veto bars this case. It goes on only after the department that raised it has lifted it."
    ),
    "declaration.exists": _(
        "Your unit has already begun a declaration in this edition. Go on with that one."
    ),
    "declaration.not_a_subject": _("This programme is not for units of your kind or district."),
    "declaration.not_editable": _(
        "The declaration has been filed and cannot be written in now. Take it back first, or wait until "
        "it is returned."
    ),
    "declaration.already_acted_on": _(
        "The next office has already begun with it, so it cannot be taken back."
    ),
    "declaration.nothing_to_disqualify": _(
        "There is neither an open veto nor a sustained objection to disqualify for."
    ),
    # scores
    "score.above_maximum": _("Criterion %(criterion)s: %(maximum)s points at most."),
    "score.below_zero": _("Criterion %(criterion)s: points cannot be below zero."),
    "score.not_a_number": _(
        "Criterion %(criterion)s: “%(given)s” is not a number. Write points such as 4.5."
    ),
    "score.too_fine": _("Criterion %(criterion)s: %(decimals)s decimal places at most."),
    "score.met_or_not": _("Criterion %(criterion)s is a target: it is met (1) or not (0)."),
    "score.one_case_at_a_time": _("Scores are given for one case at a time."),
    "score.unknown_criterion": _("The standard has no criterion %(criterion)s."),
    "score.not_your_criterion": _("Criterion %(criterion)s is scored by another department."),
    "score.scored_twice": _(
        "Criterion %(criterion)s was scored by two bodies. Settle first which of them counts."
    ),
    "score.incomplete": _(
        "Not every criterion has been scored. Not scored is not zero: ask the departments for the rest."
    ),
    "score.below_pass_mark": _("The total lies below the pass mark."),
    # vetoes
    "veto.not_found": _("This veto cannot be found, or is not for your office to see."),
    "veto.none_open": _("There is no open veto on this case."),
    "veto.none_of_yours": _("Your department has no open veto on this case."),
    "veto.already_open": _("A veto on this ground is already open."),
    "veto.unknown_ground": _("The programme knows no ground of veto called “%(ground)s”."),
    "veto.not_your_ground": _("The ground “%(ground)s” belongs to another department."),
    "veto.event_in_future": _("The day of the event lies in the future."),
    "veto.event_too_old": _("The event lies more than %(months)s months back and no longer counts."),
    # honours
    "honour.not_found": _("No honour has this number. Check the number."),
    "honour.not_under_review": _("This honour is not under re-review."),
    "honour.rectification_not_failed": _(
        "Revocation can be proposed only where the rectification has failed."
    ),
    "honour.votes_over_members": _(
        "%(counted)s votes were counted, but the deciding body has %(entitled)s members."
    ),
    "honour.vote_not_carried": _(
        "The vote did not carry it: %(in_favour)s for, %(needed)s needed. The title stays; turn the proposal down."
    ),
    "honour.plaque_returned": _("The plaque has been recorded as returned already."),
    "honour.successor_is_holder": _("This unit holds the title already; name the unit it goes to."),
    "honour.successor_differs": _(
        "The title can only go to a unit of the same kind within the same district."
    ),
    "honour.successor_holds_title": _("The unit that it would go to holds such a title of its own."),
    "honour.term_not_ended": _("The term of the title has not ended."),
    "rectification.deadline_not_passed": _("The deadline has not passed, and nothing has been reported yet."),
    "rectification.ordered_by_you": _(
        "You ordered this rectification; somebody else of your body has to inspect it."
    ),
    # objections
    "objection.not_found": _("No objection has this receipt number. Check the number."),
    "objection.too_many": _(
        "Too many objections came from this address within the hour. Try again later, or turn to the office."
    ),
    "objection.unit_not_listed": _("This unit does not stand on the notice."),
    "objection.no_such_investigator": _("This person is no investigator."),
    "objection.no_finding": _("The investigation has no finding yet."),
    "objection.no_reply": _("The reply to the objector is missing."),
    "objection.open": _("An objection against this unit is still open, or was sustained."),
    "identity.not_yours": _("Only the investigator in charge may see who objects."),
    "identity.purpose_missing": _("Say what you need the identity for; it is kept with your name."),
    "identity.unreadable": _(
        "The sealed identity cannot be opened with the present keys. Tell your administrator."
    ),
    # notices
    "notice.not_found": _("This notice cannot be found."),
    "notice.empty": _("Put at least one unit on the notice."),
    "notice.case_not_ready": _("Case %(case)s does not wait for a notice."),
    "notice.already_listed": _("Case %(case)s already stands on another notice."),
    "notice.not_open": _(
        "The notice has ended; objections are taken only until its last day. You may still turn to the "
        "office."
    ),
    "notice.not_released": _("The notice has not been released."),
    "notice.still_open": _("The notice has not ended yet."),
    "notice.end_is_provisional": _(
        "The last day is provisional: the holidays of that year are not yet published. Load the calendar "
        "first."
    ),
    "notice.provisional_needs_reason": _(
        "The last day (%(ends_on)s) is provisional, as the holidays of that year are not yet published. "
        "Give a reason to release it all the same."
    ),
    # editions and programmes
    "edition.not_found": _("This edition cannot be found."),
    "edition.exists": _("There is already an edition for %(year)s."),
    "edition.window_empty": _("The period must end after it begins."),
    "edition.quota_used": _("The quota of this edition is used up."),
    "edition.standard_has_gaps": _(
        "The standard still has gaps (%(gaps)s). Import the filled template first, then open the edition."
    ),
    "programme.not_admitted": _("The programme has not been admitted yet."),
    "programme.cap_reached": _(
        "Your level of government has admitted as many new programmes this year as it may. Refuse it with this "
        "reason, or admit it next year."
    ),
    "programme.withdrawn": _("This programme has been given up; no version of it is published any more."),
    "programme.withdrawn_before": _(
        "A programme of this name was given up before and is not admitted again."
    ),
    "programme.unsound": _(
        "The programme cannot be run to its end as it stands. Check it and put right what is named."
    ),
    "version.none_newer": _("No newer version of the programme has been published."),
    "version.not_chosen": _("Choose first the version that the case is to be moved to."),
    "version.not_newer": _("Version %(number)s is no newer one than holds for this case."),
    "version.leg_missing": _("The newer version has no leg “%(leg)s”, at which this case stands."),
    "version.leg_differs": _(
        "In the newer version the leg “%(leg)s” stands elsewhere or is handled otherwise; the case finishes on its "
        "present version."
    ),
    "version.score_missing": _(
        "Criterion %(criterion)s has been scored, and the newer version does not have it."
    ),
    "version.not_found": _("The programme has no version %(number)s."),
    "draft.not_found": _("This draft cannot be found, or is another body's."),
    "draft.exists": _("A draft of this programme's next version is under way already. Go on with that one."),
    "draft.unknown_part": _("A programme has no part called “%(part)s”."),
    "draft.code_is_fixed": _("The code of a programme stays “%(kept)s” once a version has been published."),
    "draft.code_taken": _("There is already a programme with the code “%(taken)s”. Choose another code."),
    "draft.hosted_elsewhere": _("Only the host that the draft names publishes it."),
    "draft.own_work": _(
        "You have written in this draft yourself. Ask a colleague of your office to look it through and publish it."
    ),
    "draft.too_large": _("The draft is too large: it holds more than %(most)s values."),
    "edition.inside_cycle": _(
        "The programme runs once in %(months)s months, and there is an edition for %(earlier)s already."
    ),
    "programme.faulty": _("The programme's file has faults. Put right each place that is named."),
    "unit.not_found": _("The unit “%(unit)s” cannot be found."),
    # slates and rounds
    "slate.not_found": _("This slate cannot be found, or is not for your office to see."),
    "slate.empty": _("Put at least one unit on the slate."),
    "slate.too_long": _("A slate holds %(most)s units at most."),
    "slate.mixed_legs": _("All units of a slate must stand at the same point of the route."),
    "slate.not_a_round_leg": _("“%(leg)s” is decided by one body alone; no slate is needed."),
    "slate.case_not_ready": _("Case %(case)s cannot be put on the slate: %(why)s"),
    "slate.already_tabled": _("One of these units already stands on an open slate."),
    "round.unknown": _("This round cannot be found, or is not for your office to see."),
    "round.closed": _("The round has been closed; nothing more can be answered."),
    "round.open": _("The case is being handled in a round; wait until it ends."),
    "round.not_carried": _("The round did not end in favour of this case."),
    "round.not_quorate": _("Only %(present)s members have voted; the quorum is %(quorum)s."),
    "round.unanswered": _(
        "%(missing)s of those asked have not answered yet. Remind them, or wait until the round is due."
    ),
    "round.nobody_asked": _("Nobody would be asked: the bodies of this leg have no members."),
    "round.asked_twice": _("Somebody would be asked twice."),
    "round.already_open": _("A round is already open on this slate."),
    "round.last_participant": _("The last participant cannot be taken out of a round."),
    "round.rule_unreadable": _("The rule of this round cannot be read. Tell your administrator."),
    "task.unknown": _("This task cannot be found, or is not for your office to see."),
    "task.overtaken": _("A colleague has already answered this task."),
    "task.removed": _("Your unit has been taken out of this round; nothing is asked of it any more."),
    "task.verdict_unknown": _("“%(verdict)s” is not an answer to this kind of task."),
    "finding.missing": _("An answer is missing for case %(case)s."),
    "finding.foreign_case": _("Case %(case)s does not stand on this slate."),
    "finding.reason_missing": _("A reason is needed for the answer on case %(case)s."),
    "leg.not_scored": _("Score every criterion before the case goes on."),
    "leg.below_mark": _("The score of this point of the route is below the mark that it asks for."),
    "declaration.ladder_unmet": _("A title that is asked for first is not held. The programme says which."),
    "declaration.negative_list": _(
        "The unit stands on the negative list: something happened within the period looked back on."
    ),
    "declaration.category_unknown": _("The programme has no category “%(category)s”. It has: %(known)s."),
    "declaration.category_missing": _("Say in which category you declare: %(known)s."),
    "edition.town_quota_used": _("The places of this town are used up."),
    "edition.over_composed": _(
        "One more of this kind would be more than the programme's rule of composition allows."
    ),
    "edition.higher_rank_waits": _(
        "A unit with a better place waits undecided. Decide on it or pass it over first."
    ),
    "honour.rereview_fixed": _("This programme holds to the day of its re-review; it cannot be moved."),
    "honour.renewed_share_used": _(
        "As many of the titles that expire together have been renewed as the programme allows."
    ),
    "honour.outcome_not_provided": _("The programme does not provide for this outcome of a re-review."),
    "slate.mixed_tracks": _("All units of a slate must be of one track of the programme."),
    "slate.mixed_bodies": _("The units of this slate would go before different bodies. Table them apart."),
    "notice.mixed_legs": _("All units of a notice must stand at the same notice of the route."),
    "score.computed": _("Criterion %(criterion)s follows from figures. Give the figures instead of points."),
    "measure.unknown": _("Criterion %(criterion)s has no figure “%(measure)s”."),
    "measure.impossible": _("The figure “%(measure)s” of criterion %(criterion)s cannot be so."),
    "measure.in_future": _("A figure cannot be of a day that is still to come."),
    "measure.too_late": _(
        "The scores of this point of the route are settled; its figures are no longer changed."
    ),
    "incident.unknown_kind": _("No programme has “%(kind)s” on its negative list."),
    "incident.not_yours": _("Only the department that owns an entry of the negative list reports it."),
    "incident.in_future": _("The day of the incident is still to come."),
    "slate.not_a_vote": _("Only a committee's vote can be held on paper."),
    "slate.not_cancelled": _(
        "A slate is tabled again, as its next version, once its round has been cancelled."
    ),
    "slate.line_not_open": _("This unit does not stand on the slate any more."),
    "vote.on_paper": _(
        "This vote is secret. It is cast on paper at the meeting; here you can only recuse yourself."
    ),
    "vote.not_on_paper": _("This is not a vote on paper."),
    "vote.not_a_vote": _("Only a vote has a meeting and minutes."),
    "vote.not_counted": _(
        "The teller has to enter the count, and the scrutineer to confirm it, before this."
    ),
    "vote.counted": _("The papers have been counted already; ask the teller to enter the count again."),
    "vote.same_person": _(
        "You entered the count yourself. The scrutineer who confirms it is another person."
    ),
    "vote.sheet_missing": _("Attach the signed counting sheet before the count is confirmed."),
    "vote.attendance_incomplete": _(
        "Say of every member whether they came: %(missing)s members are missing."
    ),
    "vote.not_entitled": _("Somebody is named who may not vote here."),
    "vote.count_missing": _("The count of case %(case)s is missing."),
    "vote.count_mismatch": _(
        "Case %(case)s: %(counted)s papers are counted, but %(expected)s members were present and voted on it."
    ),
    "vote.recused_before": _("You have recused yourself from case %(case)s already."),
    "vote.held_in_future": _("The day of the meeting is still to come."),
    "vote.still_open": _("There are minutes once the round is closed."),
    "vote.meeting_missing": _(
        "Fill in when and where the meeting was held, who led it and who took the minutes."
    ),
    "round.due_not_later": _("The new due day must be later than the present one."),
    "task.still_open": _("The round is still open: answer the task itself."),
    "round.not_for_vote": _("Whoever may vote is fixed when a vote is opened; nobody is added or taken out."),
    "round.answered": _("This participant has answered and cannot be taken out."),
    "round.nobody_to_remind": _("Everybody has answered; there is nobody to remind."),
    "round.reminded_today": _("They have been reminded today already."),
    "round.scorer_fixed": _("Each criterion is scored by its own department; nobody is added or taken out."),
}
