"""The one peer that is no Python: socket.io on node, put beside the other tools by npm where both are there."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from bench.crowd import Opening, websocket
from bench.place import ROOT
from bench.servers import EVENT

SOURCE = ROOT / "bench" / "servers" / "socketio"
FILES = ("package.json", "package-lock.json", "server.mjs")
ADDRESS = "/socket.io/?EIO=4&transport=websocket"


def command() -> list[str] | None:
    """What starts it, installed as its lock says; None without node and npm, or where npm reaches nothing."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    told = hashlib.sha256(b"".join((SOURCE / name).read_bytes() for name in FILES)).hexdigest()[:16]
    folder = ROOT / ".tools" / f"socketio-{told}"
    if not (folder / "installed").exists() and not _install(folder):
        return None
    return ["node", str(folder / "server.mjs")]


def _install(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in FILES:
        shutil.copy2(SOURCE / name, folder / name)
    npm = ["npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts"]
    if subprocess.run(npm, cwd=folder, capture_output=True, check=False).returncode:
        return False
    (folder / "installed").touch()
    return True


def environment() -> dict[str, str]:
    return {"BENCH_EVENT": json.dumps(EVENT)}


def opening(_: int) -> Opening:
    """Engine.IO's handshake, then the packet that enters the default namespace."""
    return websocket(ADDRESS, text="40", until=b'40{"sid"')
