"""Files of a notice on the office's page: handed in, what was found in them, and who answers for what is not read."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from services.workflow.commands.files import ATTACHED, FILE_MOST, MEGABYTE
from services.workflow.commands.notice_files import attach
from services.workflow.domain.notice_gate import Exposed
from services.workflow.domain.refused import Refused
from services.workflow.models import Notice, NoticeFile
from services.workflow.queries.case_page import one_case
from services.workflow.queries.notice_gate import kept_files
from services.workflow.web.acting import actor
from services.workflow.web.pages import Context, done
from services.workflow.web.posted import key_of
from services.workflow.web.sections import size_words
from services.workflow.wording.addresses import act_of, page_of
from services.workflow.wording.refusals_notices import exposed_label, part_label, unread_label, where_label

SHOWN = 20


@require_POST
def notice_attach(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Hand in one file; what is found in it stands on the page of the notice."""
    by = actor(request)
    row = one_case(by, Notice, notice_id)
    file = request.FILES.get("file")
    if file is None:
        raise Refused("file.empty")
    if (file.size or 0) > FILE_MOST:
        raise Refused("file.too_large", megabytes=FILE_MOST // MEGABYTE)
    told = attach(row.pk, name=file.name or "", content=file.read(), by=by, key=key_of(request))
    words = _("“%(name)s” is added and was read through.") % {"name": file.name}
    if told["found"] or told["unread"]:
        words = _("“%(name)s” is added; look at what was found in it.") % {"name": file.name}
    return done(request, page_of("notice", row.pk), words)


def gate_shown(row: Any, open_: Sequence[str]) -> Context:
    """What keeps the notice from the public, and its files; `open_` are the steps open to whoever looks."""
    files = kept_files([row.pk])
    words = [one for one in row.facts.exposed if not one.where.startswith("file:")]
    return {
        "exposed": [_exposed(one) for one in words[:SHOWN]],
        "mask_address": act_of("notice", row.pk, "amend") if words and "amend" in open_ else "",
        "files": [_file(one, row, open_) for one in files],
        "attach_address": f"{page_of('notice', row.pk)}/files" if "attach" in open_ else "",
        "attach_words": _("%(kinds)s; each at most %(mb)s MB")
        % {"kinds": "、".join(_endings()), "mb": FILE_MOST // MEGABYTE},
    }


def _endings() -> list[str]:
    return list(dict.fromkeys(ending for endings in ATTACHED.values() for ending in endings))


def _exposed(one: Exposed) -> Context:
    return {"where": where_label(one.where), "what": exposed_label(one.kind), "masked": one.masked}


def _file(file: NoticeFile, row: Any, open_: Sequence[str]) -> Context:
    found, unread = file.findings["found"], file.findings["unread"]
    vouched = file.vouched_by
    return {
        "position": file.position,
        "name": file.name,
        "size_words": size_words(file.size),
        "digest": file.sha256,
        "by": f"{file.added_by.unit.name} {file.added_by.name}",
        "at": file.added_at,
        "found": [
            {
                "where": f"{part_label(one['part'])} {one['path']}",
                "what": exposed_label(one["kind"]),
                "masked": one["masked"],
            }
            for one in found[:SHOWN]
        ],
        "more": max(0, int(file.findings["count"]) - SHOWN),
        "unread": [f"{one['path'] or file.name}：{unread_label(one['why'])}" for one in unread[:SHOWN]],
        "vouched_words": _("%(who)s answers for it: %(why)s")
        % {"who": f"{vouched.unit.name} {vouched.name}", "why": file.vouched_reason}
        if vouched
        else "",
        "clean": not found and (not unread or vouched is not None),
        "vouch_address": f"{act_of('notice', row.pk, 'vouch')}?file={file.position}"
        if unread and not found and vouched is None and "vouch" in open_
        else "",
        "detach_address": f"{act_of('notice', row.pk, 'detach')}?file={file.position}"
        if "detach" in open_
        else "",
    }  # fmt: skip


def public_files(notice: Notice) -> list[Context]:
    """The files that anybody may take, with their digests."""
    return [
        {
            "name": file.name,
            "size_words": size_words(file.public_size),
            "digest": file.public_sha256,
            "address": f"/notices/{notice.pk}/files/{file.position}",
        }
        for file in kept_files([notice.pk])
    ]
