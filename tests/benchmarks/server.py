"""nginx on a free port of the loopback interface, with fixed bodies."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from . import workloads

PICTURE_BYTES = 200_000

_CONFIGURATION = """
daemon off;
master_process off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  sendfile on;
  tcp_nodelay on;
  default_type application/json;
  keepalive_timeout 3600s;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  open_file_cache_valid 3600s;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /v1/illust/detail {{ alias {folder}/detail.json; }}
    location = /v1/user/illusts {{ alias {folder}/page.json; }}
    location /ajax/search/artworks/ {{ alias {folder}/; try_files /web.json =404; }}
    location /img-original/ {{
      default_type image/jpeg; root {folder}; try_files /picture.jpg =404;
    }}
    location /large/ {{ default_type image/jpeg; root {folder}; try_files /large.jpg =404; }}
  }}
}}
"""


def nginx() -> str | None:
    """Where nginx is; None where it is not installed."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def version() -> str:
    """What the server is, with its version."""
    found = nginx()
    if found is None:
        return "no server"
    told = subprocess.run([found, "-v"], capture_output=True, text=True, check=True).stderr
    return told.partition(": ")[2].strip().replace("/", " ")


@contextlib.contextmanager
def serve(*, large: int = 0) -> Iterator[str]:
    """
    Serve while the block runs.

    Args:
        large: Size of the picture below ``/large/``, in bytes; none by default.

    Yields:
        The URL, without a slash at the end.
    """
    program = nginx()
    if program is None:
        raise SystemExit("this benchmark needs nginx: install it, or choose other sections")
    with tempfile.TemporaryDirectory(prefix="pixivkit-bench-") as name:
        folder = Path(name)
        # A master that is root gives its worker away to somebody who may not read the folder.
        folder.chmod(0o755)
        _write_bodies(folder, large)
        port = _free_port()
        configuration = folder / "nginx.conf"
        configuration.write_text(_CONFIGURATION.format(folder=folder, port=port))
        command = [program, "-p", name, "-e", f"{name}/error.log", "-c", str(configuration)]
        with subprocess.Popen(command) as server:
            try:
                _wait_for(port, server)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()


def _write_bodies(folder: Path, large: int) -> None:
    (folder / "detail.json").write_bytes(workloads.detail())
    (folder / "page.json").write_bytes(workloads.page())
    (folder / "web.json").write_bytes(workloads.web_page())
    (folder / "picture.jpg").write_bytes(workloads.picture(PICTURE_BYTES))
    if large:
        block = workloads.picture(1_000_000)
        with (folder / "large.jpg").open("wb") as file:
            file.write(block[:-2])
            for _ in range(large // len(block) - 1):
                file.write(block[100:-2])
            file.write(block[-2:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.02)
    raise SystemExit("nginx did not start")
