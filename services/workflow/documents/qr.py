"""Codes that a phone reads: the same address gives the same picture."""

from io import BytesIO

import segno


def svg(address: str) -> str:
    """A QR code as an SVG document, without a fixed size of its own."""
    return _drawn(address, kind="svg", omitsize=True, nl=False)


def png(address: str, *, module_px: int = 6) -> bytes:
    """A QR code as a PNG picture, `module_px` pixels to a module."""
    return _bytes(address, kind="png", scale=module_px)


def _drawn(address: str, **options: object) -> str:
    return _bytes(address, **options).decode()


def _bytes(address: str, **options: object) -> bytes:
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(picture, border=2, **options)
    return picture.getvalue()
