"""Files of a notice in the words of the API: what the public may take, and what the office knows of them."""

from typing import Any

from services.workflow.models import NoticeFile


def public_file_told(file: NoticeFile) -> dict[str, Any]:
    """The public copy, by its own digest; nothing of what was handed in or of who did."""
    return {
        "position": file.position,
        "name": file.name,
        "media_type": file.media_type,
        "size": file.public_size,
        "sha256": file.public_sha256,
        "file": f"/notices/{file.notice_id}/files/{file.position}",
    }


def own_file_told(file: NoticeFile) -> dict[str, Any]:
    """With the scan's findings, who handed it in, and who answers for what could not be read."""
    vouched = file.vouched_by
    return {
        **public_file_told(file),
        "handed_in_sha256": file.sha256,
        "added_by": file.added_by.name,
        "added_at": file.added_at,
        **file.findings,
        "vouched_by": vouched.name if vouched else "",
        "vouched_at": file.vouched_at,
        "vouched_reason": file.vouched_reason,
    }
