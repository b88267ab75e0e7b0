"""The store of evidence files: named by their sha256, so a file is kept once and cannot be swapped."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import filetype

from services.workflow.domain.refused import Refused
from services.workflow.queries.stored import path_of

FILE_MOST = 20 * 1024 * 1024
MEGABYTE = 1024 * 1024
# What an office takes in: pictures, papers and sheets; nothing that runs.
KINDS = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "application/pdf": ("pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
}


@dataclass(frozen=True)
class Stored:
    sha256: str
    size: int
    media_type: str


# What a notice may carry beside it. A file with a password is packed as older office files are, and nobody can read it.
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
LOCKED = "application/x-ole-storage"
ATTACHED = {**KINDS, SLIDES: ("pptx",), LOCKED: ("docx", "xlsx", "pptx")}
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def store(content: bytes, name: str, kinds: Mapping[str, tuple[str, ...]] = KINDS) -> Stored:
    """Keep a file of an allowed kind. Refused: as `kind_of`."""
    media_type = kind_of(content, name, kinds)
    return Stored(keep(content), len(content), media_type)


def kind_of(content: bytes, name: str, kinds: Mapping[str, tuple[str, ...]] = KINDS) -> str:
    """The media type of a file that may be taken in.

    Refused: file.empty, file.too_large, file.kind_forbidden, file.kind_mismatch.
    """
    if not content:
        raise Refused("file.empty")
    if len(content) > FILE_MOST:
        raise Refused("file.too_large", megabytes=FILE_MOST // MEGABYTE)
    guess = filetype.guess(content)
    media_type = LOCKED if content.startswith(OLE) else guess.mime if guess else ""
    if media_type not in kinds:
        allowed = dict.fromkeys(ending for e in kinds.values() for ending in e)
        raise Refused("file.kind_forbidden", allowed=", ".join(allowed))
    if Path(name).suffix.lower().lstrip(".") not in kinds[media_type]:
        raise Refused("file.kind_mismatch", name=Path(name).name[:120])
    return media_type


def keep(content: bytes) -> str:
    """Put bytes into the store as they are; their sha256."""
    digest = hashlib.sha256(content).hexdigest()
    _write(path_of(digest), content)
    return digest


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: written beside its place, synced, then renamed."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)
