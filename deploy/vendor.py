"""Refreshes the vendored web files (`make vendor`), or checks them against their checksums (`--check`).

The files come through the ordinary npm client, so its registry, proxy and certificates apply.
Nothing here runs at install: the result is committed.
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "services/workflow/web/static/vendor"
CHECKSUMS = VENDOR / "CHECKSUMS"

# package at its version -> member of the package: name here
PACKAGES = {
    "bootstrap@5.3.9": {
        "dist/css/bootstrap-reboot.min.css": "bootstrap-reboot.min.css",
        "dist/css/bootstrap-utilities.min.css": "bootstrap-utilities.min.css",
        "LICENSE": "LICENSE.bootstrap",
    },
    "htmx.org@2.0.11": {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "LICENSE.htmx"},
}
ICON_PACKAGE = "bootstrap-icons@1.13.2"
SPRITE = "icons.svg"
ICONS = """
    archive arrow-repeat arrow-return-left arrow-right arrow-up award ban bookmark box-arrow-right
    box-arrow-in-right broadcast building calendar3 camera check check-circle check-circle-fill
    check-lg check-square chevron-down chevron-left chevron-right chevron-up circle circle-half
    clipboard-check clock clock-fill cloud-check dash-circle download envelope exclamation-circle
    exclamation-circle-fill exclamation-lg exclamation-triangle exclamation-triangle-fill eye
    eye-slash file-earmark-check file-earmark-text flag funnel geo-alt house-door inbox
    info-circle info-circle-fill journal-text list list-ol lock megaphone paperclip
    patch-check patch-check-fill pause-circle pencil people person person-circle person-slash
    plus plus-lg printer question-circle search shield-lock skip-forward-circle telephone trash
    triangle triangle-fill upload wifi-off wrench-adjustable x-circle x-circle-fill x-lg
    x-octagon-fill
""".split()


def pack(package: str, folder: Path) -> tarfile.TarFile:
    """Fetches one package with npm and opens it."""
    done = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    )
    return tarfile.open(folder / done.stdout.split()[-1])


def member(archive: tarfile.TarFile, name: str) -> bytes:
    held = archive.extractfile(f"package/{name}")
    if held is None:
        raise FileNotFoundError(name)
    return held.read()


def without_source_map(content: bytes) -> bytes:
    """A source map that is not shipped would be asked for and not found."""
    return re.sub(rb"/\*# sourceMappingURL=.*?\*/\s*|//# sourceMappingURL=.*\s*", b"", content)


def symbol(name: str, svg: str) -> str:
    drawing = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
    if drawing is None:
        raise ValueError(name)
    shapes = "".join(line.strip() for line in drawing.group(1).splitlines())
    return f'<symbol id="{name}" viewBox="0 0 16 16">{shapes}</symbol>\n'


def refresh() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for package, members in PACKAGES.items():
            with pack(package, Path(folder)) as archive:
                for inside, here in members.items():
                    (VENDOR / here).write_bytes(without_source_map(member(archive, inside)))
        with pack(ICON_PACKAGE, Path(folder)) as archive:
            (VENDOR / "LICENSE.bootstrap-icons").write_bytes(member(archive, "LICENSE"))
            symbols = [symbol(name, member(archive, f"icons/{name}.svg").decode()) for name in sorted(ICONS)]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "".join(symbols) + "</svg>\n"
    (VENDOR / SPRITE).write_text(sprite)
    CHECKSUMS.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(digests().items())))


def digests() -> dict[str, str]:
    files = [path for path in VENDOR.iterdir() if path != CHECKSUMS]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def changed() -> list[str]:
    """Names whose content is not what CHECKSUMS says, missing and added ones included."""
    lines = [line.split("  ", 1) for line in CHECKSUMS.read_text().splitlines()]
    written = {(name, digest) for digest, name in lines}
    return sorted({name for name, _ in written ^ set(digests().items())})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, change nothing")
    if not parser.parse_args().check:
        refresh()
    differing = changed()
    for name in differing:
        print(f"vendor: {name} differs from {CHECKSUMS.name}", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
