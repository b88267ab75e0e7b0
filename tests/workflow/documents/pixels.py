"""Pictures of pages as figures: PNGs read by the standard library, and how far two of them lie apart."""

import struct
import zlib
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CELL = 6


@dataclass(frozen=True)
class Picture:
    """Rows of grey values, 0 black to 255 white."""

    width: int
    height: int
    rows: tuple[bytes, ...]

    def cells(self) -> list[int]:
        """The mean grey of each square of CELL pixels, row by row: what the eye takes in, not each edge."""
        means = []
        for top in range(0, self.height, CELL):
            band = self.rows[top : top + CELL]
            for left in range(0, self.width, CELL):
                pixels = b"".join(row[left : left + CELL] for row in band)
                means.append(sum(pixels) // len(pixels))
        return means


def read(png: bytes) -> Picture:
    """A PNG of eight bits a channel, not interlaced, on white ground."""
    assert png.startswith(SIGNATURE)
    at, packed, head = len(SIGNATURE), b"", (0, 0, 0, 0, 0)
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        content = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            head = struct.unpack(">IIBBB", content[:11])
        elif kind == b"IDAT":
            packed += content
        at += length + 12
    width, height, depth, colour, _ = head
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    assert depth == 8
    lines = _unfiltered(zlib.decompress(packed), width * channels, height, channels)
    return Picture(width, height, tuple(_grey(line, channels) for line in lines))


def _unfiltered(content: bytes, stride: int, height: int, step: int) -> list[bytearray]:
    lines: list[bytearray] = []
    before = bytearray(stride)
    for number in range(height):
        start = number * (stride + 1)
        how, line = content[start], bytearray(content[start + 1 : start + 1 + stride])
        if how == 2:
            line = bytearray((one + above) & 255 for one, above in zip(line, before, strict=True))
        for at in range(stride if how in (1, 3, 4) else 0):
            left = line[at - step] if at >= step else 0
            corner = before[at - step] if at >= step else 0
            line[at] = (line[at] + _guess(how, left, before[at], corner)) & 255
        lines.append(line)
        before = line
    return lines


def _guess(how: int, left: int, above: int, corner: int) -> int:
    if how == 4:
        base = left + above - corner
        return min((left, above, corner), key=lambda one: abs(base - one))
    return (0, left, above, (left + above) // 2)[how]


def _grey(line: bytearray, channels: int) -> bytes:
    if channels == 1:
        return bytes(line)
    grey = bytearray()
    for at in range(0, len(line), channels):
        pixel = line[at : at + channels]
        colour = sum(pixel[:3]) // 3 if channels > 2 else pixel[0]
        opaque = pixel[-1] if channels in (2, 4) else 255
        grey.append((colour * opaque + 255 * (255 - opaque)) // 255)
    return bytes(grey)


def apart(one: Picture, other: Picture) -> tuple[float, int]:
    """(mean, largest) difference of their cells; pictures of other sizes are wholly apart."""
    if (one.width, one.height) != (other.width, other.height):
        return 255.0, 255
    gaps = [abs(a - b) for a, b in zip(one.cells(), other.cells(), strict=True)]
    return sum(gaps) / len(gaps), max(gaps)
