"""The legs of a route as a form."""

from django.utils.translation import gettext_lazy as _

from services.workflow.web.designer import choices as c
from services.workflow.web.designer.fields import As, Field, Fold, Group, Rows

# What carries a vote, whatever is voted on.
CARRIED = (
    Field("quorum", _("Quorum"), hint=_("A share of the members, such as 2/3")),
    Field("passes", _("It is carried by"), As.PICK, c.MAJORITIES),
    Field("of", _("Counted"), As.PICK, c.ELECTORATES),
)

LEG = (
    Field("name", _("Name of the leg"), required=True),
    Field("stage", _("Stage it belongs to"), As.PICK, c.LEG_STAGES, required=True),
    Field("mode", _("How it is handled"), As.PICK, c.LEG_MODES, required=True),
    Field("body", _("Who decides, or leads the round"), As.BODY, required=True),
    Field("due_days", _("Term in working days"), As.WHOLE),
    Field("own_check", _("A self-check: this body scores every criterion"), As.TICK),
    Field("pass_mark", _("Score that must be reached here"), As.NUMBER),
    Fold(
        _("Who takes part, and by which rule"),
        (
            Field("bodies", _("Bodies that take part"), As.BODIES),
            Group(
                "scoring",
                _("Scoring"),
                (
                    Field("each_member", _("Each member scores, and the mean counts"), As.TICK),
                    Field("drop_outliers", _("Drop the highest and the lowest"), As.TICK),
                ),
            ),
            Group(
                "vote",
                _("Vote"),
                (
                    *CARRIED,
                    Field("secret", _("Secret, on paper"), As.TICK),
                ),
            ),
            Group(
                "countersign",
                _("Joint review"),
                (
                    Field("share", _("Share that must agree"), hint=_("1 for all, 2/3 for two thirds")),
                    Field("count", _("Or so many of them"), As.WHOLE),
                ),
            ),
            Group(
                "clearance",
                _("Clearance"),
                (
                    Field("silence", _("What silence means"), As.PICK, c.SILENCES),
                    Field("grace_days", _("Working days between reminder and what follows"), As.WHOLE),
                ),
            ),
            Group(
                "notice",
                _("Public notice at this leg"),
                (
                    Field("working_days", _("Length in working days"), As.WHOLE),
                    Field("opening_day_counts", _("The day of publication counts as the first"), As.TICK),
                    Field("channels", _("How an objection may be lodged"), As.MANY, c.CHANNEL_KINDS),
                    Field("person_names", _("Names of persons are shown"), As.PICK, c.PERSON_NAMES),
                    Field(
                        "shown_days",
                        _("Days until it is taken down"),
                        As.WHOLE,
                        hint=_("Empty: it stays"),
                    ),
                ),
            ),
        ),
    ),
    Fold(
        _("Reminders, returning, spot checks"),
        (
            Field("remind_days", _("Remind so many working days before"), As.WHOLES, hint=_("Such as 5, 2")),
            Field("escalate_days", _("Report so many working days after it was due"), As.WHOLE),
            Field("escalate_to", _("To whom"), As.BODY),
            Field("return_to", _("May be returned to"), As.MANY, "legs"),
            Field("after_return", _("Once it is put right"), As.PICK, c.AFTER_RETURNS),
            Field("correct_days", _("Working days to put it right"), As.WHOLE),
            Field("sample_percent", _("Only so many of a hundred cases, drawn at random"), As.WHOLE),
            Field("source", _("From which document")),
        ),
    ),
)
LEGS = Rows("legs", _("Legs"), _("Leg"), LEG, identity="key", stem="leg")
