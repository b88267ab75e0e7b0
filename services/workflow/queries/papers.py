"""Official documents: the list for those who work here, and the public ones for everybody."""

from django.db.models import Q, QuerySet

from services.workflow.domain.actor import Actor
from services.workflow.domain.refused import Refused
from services.workflow.models import DocumentFile
from services.workflow.queries.rights import visible_to

PAGE = 50
# Decisions are made to be read by everybody.
PUBLIC_KINDS = ("resolution", "revocation")


def papers_of(actor: Actor) -> list[DocumentFile]:
    """The decisions of this actor's district and the orders that they may see, newest first."""
    rows = visible_to(actor, DocumentFile)
    return list(rows.select_related("edition", "made_by__unit").order_by("-at", "-pk")[:PAGE])


def order_of(rectification_id: int) -> DocumentFile | None:
    """The order that a rectification began with; those of before orders were written have none."""
    return DocumentFile.objects.filter(kind="rectification", case_id=rectification_id).first()


def public_paper(document_id: int) -> DocumentFile:
    """A decision that anybody may read. Refused: document.not_found."""
    found = DocumentFile.objects.filter(pk=document_id, kind__in=PUBLIC_KINDS).first()
    if found is None:
        raise Refused("document.not_found", document=document_id)
    return found


def papers_to_make(most: int) -> list[DocumentFile]:
    """Decisions of which no file has been made yet, the oldest first."""
    return list(DocumentFile.objects.filter(kind__in=PUBLIC_KINDS, sha256="").order_by("pk")[:most])


def public_papers() -> QuerySet[DocumentFile]:
    """All decisions that anybody may read."""
    return DocumentFile.objects.filter(kind__in=PUBLIC_KINDS)


def papers_about(honour_id: int, resolution_id: int | None) -> dict[str, DocumentFile]:
    """{kind: document} of an honour: the resolution that conferred it, the decision that took it away."""
    rows = DocumentFile.objects.filter(Q(pk=resolution_id) | Q(case_id=honour_id, kind="revocation"))
    return {row.kind: row for row in rows}
