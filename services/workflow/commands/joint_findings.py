"""会同核查: the investigator of an objection asks departments for their finding; each answers for itself.

They are told the unit, the notice and the question, and nothing else of the objection: its words, how it came, its
receipt and whoever objects stay with the investigator. Who judged the case is not asked.
"""

from collections.abc import Sequence
from typing import Any

from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance
from services.workflow.commands.announcing import announce
from services.workflow.commands.task_due import open_due
from services.workflow.commands.transaction import Transaction
from services.workflow.domain.access import BARS, is_of_own_unit
from services.workflow.domain.calendar import shanghai_date
from services.workflow.domain.masking import finds_in
from services.workflow.domain.programme import Definition
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import FINDING
from services.workflow.domain.tally import Found
from services.workflow.models import JointFinding, Objection, RoundTask, Slate
from services.workflow.queries.acts import members_on, ties_of_member
from services.workflow.queries.calendar import calendar_from
from services.workflow.queries.definitions import track_definition
from services.workflow.queries.joint_findings import ASKABLE, bodies_free
from services.workflow.rounds.opening import open_round
from services.workflow.rounds.participants import Participant
from services.workflow.rounds.rule import RoundRule

# The working days that bodies have, unless the investigator says otherwise.
ANSWER_DAYS, ANSWER_DAYS_MOST = 5, 30
BODIES_MOST = 30


def consult(tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields) -> Outcome:
    """Ask other bodies. Fields: bodies (unit ids of departments), question, working_days (5).

    Refused: objection.bodies_still_asked, objection.body_judged (the body, or somebody of it, judged the case; or it
    is none of the district's departments), objection.question_personal (a number of a person), field.*.
    """
    bodies, question = _bodies(given), f.text(given, "question")
    if finds_in(question):
        raise Refused("objection.question_personal", field="question")
    days = f.whole(
        {"working_days": given.get("working_days") or ANSWER_DAYS},
        "working_days",
        least=1,
        most=ANSWER_DAYS_MOST,
    )

    def check(row: Any) -> None:
        free = {unit.pk for unit in bodies_free(row)}
        if barred := [body for body in bodies if body not in free]:
            raise Refused("objection.body_judged", field="bodies", body=barred[0])

    outcome = advance(tx, Objection, moves, "consult", reason=reason, adjust=check)
    for row in outcome.moved:
        _ask(tx, row, bodies, question, days)
    return outcome


def _bodies(given: f.Fields) -> list[int]:
    """The units asked, each once."""
    named = given.get("bodies")
    if not isinstance(named, list) or not named:
        raise Refused("field.missing", field="bodies")
    if len(named) > BODIES_MOST:
        raise Refused("field.out_of_range", field="bodies", least=1, most=BODIES_MOST)
    found = [f.whole({"bodies": one}, "bodies", least=1, most=2**31) for one in named]
    return list(dict.fromkeys(found))


def _ask(tx: Transaction, row: Any, bodies: Sequence[int], question: str, days: int) -> None:
    declaration, edition = row.declaration, row.notice.edition
    today = shanghai_date(tx.at)
    definition = track_definition(edition.definition_version_id, declaration.track)
    slate = Slate.objects.create(
        edition=edition,
        number=0,
        leg=_leg(row, definition),
        mode=FINDING,
        track=declaration.track,
        tabled_by_id=tx.by.office,
        tabled_at=tx.at,
        objection_id=row.pk,
        question=question,
    )
    round_ = open_round(
        slate,
        mode=FINDING,
        participants=[Participant(body, str(ASKABLE)) for body in bodies],
        due=calendar_from(today.year).add_working_days(today, days, start_counts=False),
        rule=RoundRule().stored(),
        by=tx.by,
        at=tx.at,
    )
    open_due(tx, round_)
    announce(tx, round_, "round_task.opened")


def _leg(row: Any, definition: Definition) -> int:
    """The leg whose notice brought the objection; of a notice of another kind the last one."""
    keys = [leg.key for leg in definition.legs]
    return keys.index(row.notice.leg_key) if row.notice.leg_key in keys else len(keys) - 1


def keep_finding(tx: Transaction, task: RoundTask, verdict: str, words: str) -> str:
    """Write down what a body found; its verdict. Refused: conflict.*, task.verdict_unknown, field.*."""
    objection = Objection.objects.select_related("declaration").get(slates=task.process.slate)
    _check_judged_nothing(tx, objection.declaration)
    if verdict not in set(Found):
        raise Refused("task.verdict_unknown", verdict=verdict)
    text = f.text({"reason": words}, "reason")
    JointFinding.objects.create(task=task, text=text)
    return verdict


def _check_judged_nothing(tx: Transaction, declaration: Any) -> None:
    """Whoever answers for a body that is asked has judged nothing in the case either, in whatever office."""
    case, member = declaration.pk, tx.by.member_id or 0
    if is_of_own_unit(declaration, tx.by):
        raise Refused("conflict.own_unit")
    if member in members_on([case]).get(case, frozenset()):
        raise Refused("conflict.acted_before")
    own = ties_of_member([case], member).get(case)
    if bar := next((bar for bar in BARS if own is not None and bar in own.bars), ""):
        raise Refused(f"conflict.{bar}", case=case)
