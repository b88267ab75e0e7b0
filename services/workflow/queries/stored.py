"""Where files lie: in a store that names each by its sha256 (commands/files.py writes it)."""

from pathlib import Path

from django.conf import settings


def path_of(digest: str) -> Path:
    """Where the file with this sha256 lies."""
    path: Path = settings.FILES_DIR / digest[:2] / digest
    return path
