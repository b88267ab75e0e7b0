"""`deploy/nginx/laurel.conf` on the loopback: the same file with its ports and its folder put elsewhere."""

import shutil
from pathlib import Path

CONFIGURATION = Path(__file__).resolve().parent / "nginx" / "laurel.conf"
FRAME = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log warn; {user}
events {{ worker_connections 512; }}
http {{
  access_log off; keepalive_requests 1000000; open_file_cache max=100; types {{ text/html html; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {inside}
}}
"""


def nginx() -> str | None:
    """The program, where it is installed."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def written(folder: Path, inside: str, *, user: str = "") -> Path:
    """A whole configuration that keeps to its folder."""
    path = folder / "nginx.conf"
    path.write_text(FRAME.format(folder=folder, inside=inside, user=user), encoding="utf-8")
    return path


def product_behind(folder: Path, listen: int, web: int) -> str:
    """The product's own configuration, listening here, with its web process there."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    for before, after in (
        ("listen 80;", f"listen 127.0.0.1:{listen};"),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{web};"),
        ("/var/cache/nginx/laurel", str(folder / "cache")),
    ):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text
