"""Decisions become files; which file it was stays on the row."""

from services.workflow.models import DocumentFile

NOT_MADE = "none"


def keep_file(document_id: int, sha256: str) -> None:
    """Keep the SHA-256 of the file made of a decision, `none` where none can be made; the first one stays."""
    DocumentFile.objects.filter(pk=document_id, sha256="").update(sha256=sha256)
