"""Putting a template of the site's own in the place of the one in use, and taking it away again."""

import hashlib
import io
import zipfile
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction

from services.workflow.commands.files import KINDS, MEGABYTE, keep, kind_of
from services.workflow.commands.transaction import Answer, Transaction, run
from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.domain.stages import Role
from services.workflow.models import PaperTemplate
from services.workflow.models.paper_template import FILENAME_MOST, PAPER_NAMES
from services.workflow.queries.paper_templates import last_number, newest

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEMPLATE_MOST = 5 * MEGABYTE
UNPACKED_MOST = 50 * MEGABYTE


def put_template(
    name: str, content: bytes, filename: str, *, seen: int, by: Actor, key: UUID | None
) -> Answer:
    """Use this DOCX for a paper (one of PAPER_NAMES) from now on; `seen` is the number of the last
    change of any template that was looked at, 0 before the first.

    Whether its fields are the paper's own is asked before, by who shows the page (documents/editable.py); a template
    that cannot be filled in refuses each download by name. The file that is in use already changes nothing.
    Returns {"name", "number"}. Refused: step.not_yours, template.unknown, template.overtaken, file.empty,
    file.too_large (5 MB, 50 MB unpacked), file.kind_forbidden, file.kind_mismatch.
    """
    check_package(content, filename)
    digest = hashlib.sha256(content).hexdigest()

    def work(tx: Transaction) -> Answer:
        return _changed(tx, name, seen, digest, Path(filename).name[:FILENAME_MOST], content)

    return run(work, name="put_template", by=by, key=key, request=[name, filename, seen, digest])


def drop_template(name: str, *, seen: int, by: Actor, key: UUID | None) -> Answer:
    """Go back to the template before all uploads. Returns {"name", "number"}.

    Refused: step.not_yours, template.unknown, template.overtaken.
    """
    return run(
        lambda tx: _changed(tx, name, seen, "", "", b""),
        name="drop_template",
        by=by,
        key=key,
        request=[name, seen],
    )


def check_package(content: bytes, filename: str) -> None:
    """Whether it is a DOCX that may be opened. Refused: file.*, as told above."""
    if len(content) > TEMPLATE_MOST:
        raise Refused("file.too_large", megabytes=TEMPLATE_MOST // MEGABYTE)
    kind_of(content, filename, {DOCX: KINDS[DOCX]})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused("file.kind_forbidden", allowed="docx") from error
    if unpacked > UNPACKED_MOST:
        raise Refused("file.too_large", megabytes=UNPACKED_MOST // MEGABYTE)


def _changed(tx: Transaction, name: str, seen: int, sha256: str, filename: str, content: bytes) -> Answer:
    if not (tx.by.is_system or tx.by.role == Role.SYSTEM_ADMIN):
        raise Refused("step.not_yours", step="put_template")
    if name not in PAPER_NAMES:
        raise Refused("template.unknown")
    last = newest(name)
    if seen != last_number():
        raise Refused("template.overtaken")
    if sha256 == (last.sha256 if last else ""):
        return {"name": name, "number": seen}
    if content:
        keep(content)
    row = PaperTemplate(
        name=name, number=seen + 1, sha256=sha256, filename=filename, by_id=tx.by.office_id, at=tx.at
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # of two at once the second
        raise Refused("template.overtaken") from error
    return {"name": name, "number": row.number}
