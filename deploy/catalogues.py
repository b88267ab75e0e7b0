"""Compile the catalogues named on the command line with Babel."""

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogue(text: Path) -> Path:
    """Write the compiled form beside its text, whole or not at all."""
    with text.open("rb") as source:
        catalogue = read_po(source, locale=text.parent.parent.name, domain=text.stem, abort_invalid=True)
    compiled = text.with_suffix(".mo")
    half = compiled.with_name(f".{compiled.name}.{os.getpid()}")
    with half.open("wb") as target:
        write_mo(target, catalogue)
    half.replace(compiled)
    return compiled


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compile_catalogue(Path(name))
