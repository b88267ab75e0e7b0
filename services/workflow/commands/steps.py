"""Taking a step by its name: the one door for pages, API and due work, for one case or ten thousand."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from services.workflow.commands import (
    admission,
    deciding,
    declaration_acts,
    handing_over,
    honours,
    joint_findings,
    moving,
    naming,
    notice_files,
    notices,
    objections,
    rectifications,
    returning,
    succession,
)
from services.workflow.commands import fields as f
from services.workflow.commands.advance import Move, Outcome, advance
from services.workflow.commands.collector import collector_rests
from services.workflow.commands.refusing import note_rows, noting
from services.workflow.commands.reviews_by_rule import then_look
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.commands.windows import warnings_of
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Kind
from services.workflow.models import Declaration, Honour, Notice, Objection, Programme, Rectification
from services.workflow.models.lifecycle.steps import all_steps

Act = Callable[[Transaction, Sequence[Move], str, f.Fields], Outcome]
MODELS: dict[Kind, type[Any]] = {
    Kind.DECLARATION: Declaration,
    Kind.HONOUR: Honour,
    Kind.NOTICE: Notice,
    Kind.OBJECTION: Objection,
    Kind.RECTIFICATION: Rectification,
    Kind.PROGRAMME: Programme,
}
ACTS: dict[tuple[Kind, str], Act] = {
    (Kind.DECLARATION, "submit"): declaration_acts.submit,
    (Kind.DECLARATION, "endorse"): declaration_acts.endorse,
    (Kind.DECLARATION, "decide"): deciding.decide,
    (Kind.DECLARATION, "confirm"): declaration_acts.confirm,
    (Kind.DECLARATION, "return"): returning.return_,
    (Kind.DECLARATION, "withdraw"): declaration_acts.withdraw,
    (Kind.DECLARATION, "hand_over"): handing_over.hand_over,
    (Kind.DECLARATION, "disqualify"): declaration_acts.disqualify,
    (Kind.DECLARATION, "rescore"): declaration_acts.rescore,
    (Kind.DECLARATION, "raise_veto"): declaration_acts.raise_veto,
    (Kind.DECLARATION, "lift_veto"): declaration_acts.lift_veto,
    (Kind.DECLARATION, "confer"): naming.confer,
    (Kind.DECLARATION, "change_version"): moving.change_version,
    (Kind.NOTICE, "amend"): notices.amend,
    (Kind.NOTICE, "attach"): notice_files.attach_nothing,
    (Kind.NOTICE, "detach"): notice_files.detach,
    (Kind.NOTICE, "vouch"): notice_files.vouch,
    (Kind.NOTICE, "prepare"): notices.prepare,
    (Kind.NOTICE, "release"): notices.release,
    (Kind.NOTICE, "withhold"): notices.withhold,
    (Kind.NOTICE, "extend"): notices.extend,
    (Kind.NOTICE, "close"): notices.close,
    (Kind.OBJECTION, "receive"): objections.receive,
    (Kind.OBJECTION, "assign"): objections.assign,
    (Kind.OBJECTION, "consult"): joint_findings.consult,
    (Kind.OBJECTION, "find"): objections.find,
    (Kind.OBJECTION, "sustain"): objections.sustain,
    (Kind.OBJECTION, "dismiss"): objections.dismiss,
    (Kind.OBJECTION, "reply"): objections.reply,
    (Kind.HONOUR, "open_rereview"): honours.open_rereview,
    (Kind.HONOUR, "move_rereview"): honours.move_rereview,
    (Kind.HONOUR, "retain"): honours.retain,
    (Kind.HONOUR, "warn"): honours.warn,
    (Kind.HONOUR, "order_rectification"): honours.order_rectification,
    (Kind.HONOUR, "propose_revocation"): honours.propose_revocation,
    (Kind.HONOUR, "revoke"): honours.revoke,
    (Kind.HONOUR, "return_plaque"): succession.return_plaque,
    (Kind.HONOUR, "pass_on"): succession.pass_on,
    (Kind.PROGRAMME, "propose"): admission.propose,
    (Kind.PROGRAMME, "admit"): admission.admit,
    (Kind.PROGRAMME, "refuse"): admission.refuse,
    (Kind.RECTIFICATION, "plan"): rectifications.plan,
    (Kind.RECTIFICATION, "report"): rectifications.report,
    (Kind.RECTIFICATION, "extend"): rectifications.extend,
    (Kind.RECTIFICATION, "accept"): rectifications.accept,
    (Kind.RECTIFICATION, "reject"): rectifications.reject,
}
# What settles a score: other titles of the unit may have a rule about it.
SETTLING = frozenset(
    {(Kind.DECLARATION, step) for step in ("decide", "decline", "pass_over")}
    | {(Kind.HONOUR, step) for step in ("retain", "warn", "order_rectification", "propose_revocation")}
)
# What people must be able to read afterwards: these acts are refused without a reason.
REASONED = frozenset(
    {
        "return", "decline", "withdraw", "pass_over", "raise_veto", "lift_veto", "disqualify", "suspend", "extend",
        "sustain", "dismiss", "warn", "order_rectification", "propose_revocation", "revoke", "relinquish", "reject",
        "refuse", "take_down", "change_version", "move_rereview", "hand_over", "vouch", "rescore",
        "pass_on", "withhold",
    }
)  # fmt: skip
STEPS_MOST = 10_000


def take_step(  # noqa: PLR0913  # what a step is told, all but three by name
    kind: Kind | str,
    case_id: int,
    step: str,
    *,
    by: Actor,
    key: UUID | None,
    version: int | None = None,
    revision: int | None = None,
    reason: str = "",
    fields: Mapping[str, Any] | None = None,
) -> Answer:
    """Take one step on one case. `version` (and for a filing `revision`) is what the caller saw; stale is refused.

    Returns {"case", "kind", "version", "place", "leg"}. Refused: overtaken, step.*, conflict.*, reason.missing,
    case.not_found, and what the step's guards and fields refuse.
    """
    kind = Kind(kind)
    given = dict(fields or {})

    def work(tx: Transaction) -> Answer:
        if revision is not None and kind == Kind.DECLARATION:
            _check_revision(case_id, revision)
        tx.answer = lambda outcome: told(outcome.only())
        row = _act(kind, step)(tx, [Move(case_id, version)], _reason(step, reason), given).only()
        return told(row)

    request = [str(kind), case_id, step, version, revision, reason, given]
    with noting(by, step, case=case_id):
        return run(work, name="take_step", by=by, key=key, request=request)


def take_steps(
    kind: Kind | str,
    step: str,
    cases: Sequence[Mapping[str, Any]],
    *,
    by: Actor,
    key: UUID | None,
    reason: str = "",
    fields: Mapping[str, Any] | None = None,
) -> Answer:
    """Take one step on many cases: {"case", "version"} each. A row that may not move is answered, the others go on.

    Returns {"results": [{"case", "ok": True, "version", "place", "leg"} | {"case", "ok": False, "code", "params"}]}.
    """
    kind = Kind(kind)
    given = dict(fields or {})
    if not cases or len(cases) > STEPS_MOST:
        raise Refused("steps.count", most=STEPS_MOST)
    asked = [int(c["case"]) for c in cases]
    # A case that is named twice moves once.
    moves = list({case: Move(case, c.get("version")) for case, c in zip(asked, cases, strict=True)}.values())

    def work(tx: Transaction) -> Answer:
        tx.answer = lambda outcome: answered(outcome, asked)
        outcome = _act(kind, step)(tx, moves, _reason(step, reason), given)
        tx.kept = bool(outcome.moved)
        note_rows(by, step, tx.at, [(one.case, one.refusal.code) for one in outcome.refused])
        return answered(outcome, asked)

    request = [str(kind), step, [dict(c) for c in cases], reason, given]
    with collector_rests(len(moves)):
        return run(work, name="take_steps", by=by, key=key, request=request)


def told(row: Any) -> Answer:
    """What became of a case; with `warnings` where it was moved outside the window of its stage."""
    told = {"case": row.pk, "kind": row.KIND, "version": row.version, "place": row.place, "leg": row.leg}
    warnings = warnings_of(row)
    return {**told, "warnings": warnings} if warnings else told


def answered(outcome: Outcome, order: Sequence[int]) -> Answer:
    """One answer a case, in the order asked."""
    by_case: dict[int, Answer] = {row.pk: {**told(row), "ok": True} for row in outcome.moved}
    for rejection in outcome.refused:
        refusal = rejection.refusal
        by_case[rejection.case] = {
            "case": rejection.case,
            "ok": False,
            "code": refusal.code,
            "params": {name: str(value) for name, value in refusal.params.items()},
        }
    return {"results": [by_case[case] for case in order]}


def _act(kind: Kind, step: str) -> Act:
    if step not in all_steps(MODELS[kind]):
        raise Refused("step.unknown", step=step)
    act = ACTS.get((kind, step)) or partial(_plain, MODELS[kind], step)
    return then_look(act) if (kind, step) in SETTLING else act


def _plain(
    model: type[Any], step: str, tx: Transaction, moves: Sequence[Move], reason: str, given: f.Fields
) -> Outcome:
    """A step that does nothing beside moving its case."""
    return advance(tx, model, moves, step, reason=reason)


def _reason(step: str, reason: str) -> str:
    cleaned = reason.replace("\x00", "").strip()
    if step in REASONED and not cleaned:
        raise Refused("reason.missing", step=step)
    return cleaned


def _check_revision(declaration_id: int, revision: int) -> None:
    kept = Declaration.objects.filter(pk=declaration_id).values_list("revision", flat=True).first()
    if kept is not None and kept != revision:
        raise Refused("overtaken", case=declaration_id, revision=kept)
