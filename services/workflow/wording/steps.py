"""The names of steps: what a button says, and what the record says was done."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

STEPS: dict[str, Promise] = {
    # a declaration
    "create": pgettext_lazy("step", "create"),
    "submit": pgettext_lazy("step", "submit"),
    "resubmit": pgettext_lazy("step", "resubmit after correction"),
    "take_back": pgettext_lazy("step", "take back"),
    "withdraw": pgettext_lazy("step", "withdraw"),
    "hand_over": pgettext_lazy("step", "hand over to a colleague"),
    "return": pgettext_lazy("step", "return for correction"),
    "endorse": pgettext_lazy("step", "endorse"),
    "decline": pgettext_lazy("step", "decline"),
    "clear": pgettext_lazy("step", "clear"),
    "confirm": pgettext_lazy("step", "confirm eligibility"),
    "assess": pgettext_lazy("step", "conclude the assessment"),
    "vote": pgettext_lazy("step", "carry the vote"),
    "decide": pgettext_lazy("step", "decide"),
    "pass_over": pgettext_lazy("step", "pass over"),
    "open_notice": pgettext_lazy("step", "begin the public notice"),
    "hold": pgettext_lazy("step", "hold for an objection"),
    "free": pgettext_lazy("step", "conclude the objection"),
    "close_notice": pgettext_lazy("step", "pass the public notice"),
    "confer": pgettext_lazy("step", "name and commend"),
    "raise_veto": pgettext_lazy("step", "raise a veto"),
    "lift_veto": pgettext_lazy("step", "lift the veto"),
    "disqualify": pgettext_lazy("step", "disqualify"),
    "rescore": pgettext_lazy("step", "send back to be scored anew"),
    "change_version": pgettext_lazy("step", "move to a newer version"),
    # a notice
    "amend": pgettext_lazy("step", "change the words"),
    "attach": pgettext_lazy("step", "add a file"),
    "detach": pgettext_lazy("step", "leave a file out"),
    "vouch": pgettext_lazy("step", "answer for a file"),
    "prepare": pgettext_lazy("step", "hand over for release"),
    "reopen": pgettext_lazy("step", "send back to the draft"),
    "release": pgettext_lazy("step", "release"),
    "withhold": pgettext_lazy("step", "let run without the public"),
    "extend": pgettext_lazy("step", "extend"),
    "recount": pgettext_lazy("step", "count the last day anew"),
    "suspend": pgettext_lazy("step", "suspend"),
    "close": pgettext_lazy("step", "close"),
    "take_down": pgettext_lazy("step", "take down"),
    # an honour
    "open_rereview": pgettext_lazy("step", "open a re-review"),
    "move_rereview": pgettext_lazy("step", "move the day of the re-review"),
    "retain": pgettext_lazy("step", "retain"),
    "warn": pgettext_lazy("step", "warn"),
    "order_rectification": pgettext_lazy("step", "order rectification"),
    "propose_revocation": pgettext_lazy("step", "propose revocation"),
    "revoke": pgettext_lazy("step", "revoke the title"),
    "relinquish": pgettext_lazy("step", "relinquish the title"),
    "lapse": pgettext_lazy("step", "lapse"),
    "return_plaque": pgettext_lazy("step", "record the plaque as returned"),
    "pass_on": pgettext_lazy("step", "pass the title on to a successor"),
    # an objection
    "receive": pgettext_lazy("step", "receive"),
    "assign": pgettext_lazy("step", "assign an investigator"),
    "consult": pgettext_lazy("step", "ask other bodies for their finding"),
    "hear": pgettext_lazy("step", "other bodies heard"),
    "find": pgettext_lazy("step", "state the finding"),
    "sustain": pgettext_lazy("step", "sustain"),
    "dismiss": pgettext_lazy("step", "dismiss"),
    "reply": pgettext_lazy("step", "reply"),
    # a rectification
    "plan": pgettext_lazy("step", "hand in the plan"),
    "report": pgettext_lazy("step", "report as done"),
    "accept": pgettext_lazy("step", "accept"),
    "reject": pgettext_lazy("step", "reject"),
    # a programme
    "propose": pgettext_lazy("step", "propose for admission"),
    "admit": pgettext_lazy("step", "admit"),
    "refuse": pgettext_lazy("step", "refuse admission"),
    "conclude": pgettext_lazy("step", "end the project notice"),
    # not of a case
    "begin": pgettext_lazy("step", "begin a declaration"),
    "table": pgettext_lazy("step", "table a slate"),
    "draw_up": pgettext_lazy("step", "draw up a notice"),
    "close_round": pgettext_lazy("step", "close the round"),
    "open_edition": pgettext_lazy("step", "open an edition"),
    "begin_draft": pgettext_lazy("step", "draft a programme"),
    "score": pgettext_lazy("step", "score"),
    "own_check": pgettext_lazy("step", "fill in the own check"),
    "administer": pgettext_lazy("step", "administer the system"),
    "import_units": pgettext_lazy("step", "import units"),
    "load_calendar": pgettext_lazy("step", "load the calendar of a year"),
    "put_template": pgettext_lazy("step", "change a document template"),
    "import_people": pgettext_lazy("step", "import people and offices"),
}
# A task is answered, a declaration is decided (审定): one word in English, two in Chinese.
TASK_STEPS: dict[str, Promise] = {"decide": pgettext_lazy("step of a task", "answer")}
PROGRAMME_STEPS: dict[str, Promise] = {
    "withdraw": pgettext_lazy("step of a programme", "withdraw"),
    "reopen": pgettext_lazy("step of a programme", "ask for admission again"),
}
BY_KIND: dict[str, dict[str, Promise]] = {"round_task": TASK_STEPS, "programme": PROGRAMME_STEPS}


def step_label(kind: object, step: object) -> str:
    """The name of a step of a kind; `kind` may be empty where only the step is known."""
    name = str(step)
    own = BY_KIND.get(str(kind), {})
    return str(own[name] if name in own else STEPS.get(name, name))
