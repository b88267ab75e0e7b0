import xml.etree.ElementTree as ET

import segno

from services.workflow.documents import qr

ADDRESS = "https://laurel.example/honours/YL-WM-2026-001?a=1&b=<2>"


def test_the_svg_is_well_formed_square_and_always_the_same():
    root = ET.fromstring(qr.svg(ADDRESS))

    _, _, width, height = root.attrib["viewBox"].split()
    assert width == height
    assert qr.svg(ADDRESS) == qr.svg(ADDRESS) != qr.svg(ADDRESS + "3")


def test_the_png_has_the_asked_size_with_its_quiet_zone():
    side = (segno.make_qr(ADDRESS, error="m").symbol_size(border=0)[0] + 2 * qr.QUIET_MODULES) * 3

    picture = qr.png(ADDRESS, module_px=3)

    assert picture.startswith(b"\x89PNG")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (side, side)
