"""Codes that a phone reads: the same address gives the same picture."""

from io import BytesIO

import segno

QUIET_MODULES = 4


def svg(address: str) -> str:
    """A QR code as an SVG document, without a fixed size of its own."""
    picture = BytesIO()
    _code(address).save(picture, kind="svg", border=QUIET_MODULES, omitsize=True)
    return picture.getvalue().decode()


def png(address: str, *, module_px: int = 6) -> bytes:
    """A QR code as a PNG picture, `module_px` pixels to a module."""
    picture = BytesIO()
    _code(address).save(picture, kind="png", border=QUIET_MODULES, scale=module_px)
    return picture.getvalue()


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error="m")
