"""Virtual environments of the clients that are measured, each with its own dependencies."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import attrs

from .settings import PROJECT


@attrs.frozen
class Client:
    """
    Something that sends the requests that are measured.

    Attributes:
        name: What tables call it.
        script: Its driver, in ``rivals/``.
        packages: What pip installs for it.
        workloads: What it can do.
    """

    name: str
    script: str
    packages: tuple[str, ...]
    workloads: tuple[str, ...] = ("detail", "page")

    @property
    def folder(self) -> str:
        """Name of its environment."""
        return self.name.replace(" ", "-").replace("(", "").replace(")", "").replace("+", "and")


ALL = ("detail", "page", "web")
FAST = Client("pixivkit (aiohttp)", "drive_pixivkit", ("-e", f"{PROJECT}[fast]"), ALL)
PLAIN = Client("pixivkit (httpx)", "drive_pixivkit", ("-e", str(PROJECT)), ALL)
BARE_AIOHTTP = Client("aiohttp + orjson, bare", "drive_aiohttp", ("aiohttp", "orjson"), ALL)
BARE_HTTPX = Client("httpx + json, bare", "drive_httpx", ("httpx",), ALL)
PIXIVPY_ASYNC = Client("pixivpy-async", "drive_pixivpy_async", ("pixivpy-async",))
PIXIVPY3 = Client("pixivpy3 (threads)", "drive_pixivpy3", ("pixivpy3",))
ASYNC_PIXIV = Client("async-pixiv", "drive_async_pixiv", ("async-pixiv", "requests"))
GALLERY_DL = Client("gallery-dl (threads)", "drive_gallery_dl", ("gallery-dl",))
RIVALS = (PIXIVPY_ASYNC, PIXIVPY3, ASYNC_PIXIV, GALLERY_DL, BARE_AIOHTTP, BARE_HTTPX)


def python_of(client: Client, venvs: Path) -> Path:
    """The interpreter of the environment of *client*, which is made where it is not there."""
    folder = venvs / client.folder
    python = folder / "bin" / "python"
    made = folder / "packages.txt"
    wanted = "\n".join([sys.version, *client.packages])
    if not made.is_file() or made.read_text() != wanted:
        sys.stderr.write(f"installing {client.name}\n")
        venv.create(folder, clear=True, with_pip=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run(
            [*pip, *client.packages], stderr=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            sys.stderr.write(done.stderr)
            done.check_returncode()
        made.write_text(wanted)
    return python
