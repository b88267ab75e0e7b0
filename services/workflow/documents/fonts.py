"""Which font serves which kind of text, on this machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import pylopdf_fonts_zh_cn
import typst

from services.workflow.domain.refused import Refused

BUNDLED = Path(pylopdf_fonts_zh_cn.__file__).parent
SONG = ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "STSong", "Songti SC")
SANS = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC")
SEMI_BOLD = 600

# The faces that GB/T 9704-2012 names come first, then what stands in for them.
WANTED: dict[str, tuple[str, ...]] = {
    "text": ("FangSong_GB2312", "FangSong", "FZFangSong-Z02S", "FZFangSong-Z02", "STFangsong", *SONG, *SANS),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "FZXBSJW--GB1-0", *SONG, *SANS),
    "heading": ("SimHei", "FZHei-B01S", "FZHei-B01", "STHeiti", *SANS, *SONG),
    "folio": ("SimSun", "FZShuSong-Z01S", *SONG, *SANS),
}
DRAWN_HEAVY = frozenset(name for name in WANTED["title"] if name not in SONG + SANS)


class FontUse(NamedTuple):
    """What one kind of text asks for first and what it gets; nothing where no font serves."""

    kind: str
    wanted: str
    used: str | None
    path: str | None


class FaceSet(NamedTuple):
    """The families of one kind of text, best first, and whether the best is too light for a title."""

    families: tuple[str, ...]
    thicken: bool


@dataclass(frozen=True)
class FontShelf:
    """The fonts that may be used: the given folders, and the system's unless shut out."""

    folders: tuple[Path, ...] = (BUNDLED,)
    system: bool = True

    @cached_property
    def book(self) -> typst.Fonts:
        """The typesetter's index of all faces; building it reads every font file once."""
        return typst.Fonts(
            include_system_fonts=self.system,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in self.folders],
        )

    @cached_property
    def faces(self) -> dict[str, list[typst.FontInfo]]:
        """The faces of each installed family, by its name in lower case."""
        found: dict[str, list[typst.FontInfo]] = {}
        for face in self.book.fonts():
            found.setdefault(face.family.casefold(), []).append(face)
        return found

    def families(self, kind: str) -> tuple[str, ...]:
        """The installed families for a kind of text, best first."""
        return tuple(family for family in WANTED[kind] if family.casefold() in self.faces)

    def chosen(self) -> dict[str, FaceSet]:
        """The families of every kind, or a refusal: a paper without its characters is worse than none."""
        chosen = {kind: self.families(kind) for kind in WANTED}
        for kind, families in chosen.items():
            if not families:
                raise Refused("document.font_missing", wanted=WANTED[kind][0])
        return {kind: FaceSet(families, self._is_light(families[0])) for kind, families in chosen.items()}

    def report(self) -> list[FontUse]:
        """For each kind of text the family wanted, the family used and its file."""
        return [self._use(kind, wanted, self.families(kind)) for kind, (wanted, *_) in WANTED.items()]

    def _use(self, kind: str, wanted: str, families: Sequence[str]) -> FontUse:
        if not families:
            return FontUse(kind, wanted, None, None)
        return FontUse(kind, wanted, families[0], self.faces[families[0].casefold()][0].path)

    def _is_light(self, family: str) -> bool:
        heaviest = max(face.weight for face in self.faces[family.casefold()])
        return family not in DRAWN_HEAVY and heaviest < SEMI_BOLD


@lru_cache(maxsize=1)
def shelf() -> FontShelf:
    """The fonts of this machine and the bundled ones, looked up once a process."""
    return FontShelf()


def report() -> list[FontUse]:
    """What `make doctor` tells: the family wanted, the family used, and where it lies."""
    return shelf().report()
