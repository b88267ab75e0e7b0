"""The HTTP status that goes with a refusal, for pages and API alike."""

UNPROCESSABLE = 422
STATUSES = {
    "login.required": 401,
    "login.failed": 401,
    "login.locked": 429,
    "office.none": 403,
    "office.not_yours": 403,
    "request.csrf": 403,
    "request.malformed": 400,
    "request.key_malformed": 400,
    "request.text_unkeepable": 400,
    "request.number_too_large": 400,
    "request.version_malformed": 400,
    "request.cursor_malformed": 400,
    "request.filter_invalid": 400,
    "request.method_not_allowed": 405,
    "request.length_required": 411,
    "request.too_large": 413,
    "file.too_large": 413,
    "file.missing": 404,
    "server.error": 500,
    "busy": 503,
    "document.font_missing": 503,
    "overtaken": 409,
    "step.out_of_order": 409,
    "step.not_yours": 403,
    "step.unknown": 404,
    "identity.not_yours": 403,
    "ticket.nothing_allowed": 403,
    "clock.not_demo": 403,
    "objection.too_many": 429,
    "delivery.too_many_tests": 429,
    "delivery.not_dead": 409,
    "endpoint.unreadable": 503,
    "round.unknown": 404,
    "task.unknown": 404,
    "round.closed": 409,
    "round.already_open": 409,
    "task.overtaken": 409,
    "task.removed": 409,
    "task.still_open": 409,
    "notice.not_open": 409,
    "declaration.exists": 409,
    "edition.exists": 409,
    "edition.inside_cycle": 409,
    "programme.withdrawn": 409,
    "draft.exists": 409,
    "draft.code_taken": 409,
    "draft.own_work": 403,
    "draft.hosted_elsewhere": 403,
    "slate.already_tabled": 409,
    "notice.already_listed": 409,
    "veto.already_open": 409,
    "vote.on_paper": 409,
    "vote.counted": 409,
    "vote.recused_before": 409,
    "vote.not_counted": 409,
    "vote.same_person": 403,
    "slate.not_cancelled": 409,
    "slate.line_not_open": 409,
    "round.answered": 409,
    "round.reminded_today": 409,
}


def status_of(code: str) -> int:
    """What the rules do not allow is 422, unless the code says more."""
    if code.endswith(".not_found"):
        return 404
    if code.startswith("conflict."):
        return 403
    return STATUSES.get(code, UNPROCESSABLE)
