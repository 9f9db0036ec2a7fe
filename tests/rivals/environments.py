"""The environments of other people's clients, and drivers at work in them."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
from benchmarks.drivers import clean_environment
from benchmarks.venvs import Client, python_of

from tools.generate.clients import OtherClient

DRIVERS: Final = Path(__file__).parent / "drivers"


@attrs.frozen
class Rival:
    """
    How another client is installed, asked for its methods, and driven.

    Attributes:
        name: What ``spec/clients`` calls it.
        packages: What its environment needs.
        classes: Where its public methods are, as ``listing.py`` takes them.
        driver: What calls them.
    """

    name: str
    packages: Sequence[str]
    driver: str
    classes: Sequence[str] = ()


RIVALS: Final = (
    Rival(
        "pixivpy3",
        ["pixivpy3"],
        "drive_pixivpy3.py",
        ["pixivpy3:AppPixivAPI", "ByPassSniApi=pixivpy3:ByPassSniApi"],
    ),
    Rival(
        "pixivpy-async",
        ["pixivpy-async"],
        "drive_pixivpy_async.py",
        [
            "pixivpy_async:AppPixivAPI",
            "PixivAPI=pixivpy_async:PixivAPI",
            "PixivClient=pixivpy_async:PixivClient",
        ],
    ),
    Rival(
        "async-pixiv",
        # It imports requests, and does not say so.
        ["async-pixiv", "requests"],
        "drive_async_pixiv.py",
        [
            "async_pixiv:PixivClient",
            *(f"{name}=async_pixiv.client:{name}" for name in ("ILLUST", "NOVEL", "USER")),
            *(f"{name}=async_pixiv.model.{name.lower()}:{name}" for name in ("Illust", "Novel")),
            "User=async_pixiv.model.user:User",
            "PageResult=async_pixiv.model.result:PageResult",
        ],
    ),
    Rival("pixivts", ["@book000/pixivts"], "drive_pixivts.cjs"),
    Rival(
        "gallery-dl",
        ["gallery-dl"],
        "drive_gallery_dl.py",
        ["gallery_dl.extractor.pixiv:PixivAppAPI"],
    ),
)


class Missing(Exception):
    """What a client needs is not here."""


@attrs.frozen
class Environment:
    """
    Where a client is installed.

    Attributes:
        rival: The client.
        run: What runs a script in it, before the script's name.
        folder: Where it is.
    """

    rival: Rival
    run: Sequence[str]
    folder: Path

    def listing(self, other: OtherClient) -> dict[str, Any]:
        """Its version and its public methods, as they are there."""
        if self.rival.classes:
            arguments = ["listing.py", other.package, *self.rival.classes]
        else:
            arguments = ["listing.cjs", str(self.folder / "node_modules" / other.package)]
        script, *rest = arguments
        command = [*self.run, str(DRIVERS / script), *rest]
        done = subprocess.run(
            command, stdout=subprocess.PIPE, text=True, check=True, env=clean_environment()
        )
        listed: dict[str, Any] = json.loads(done.stdout)
        return listed

    @contextlib.contextmanager
    def driving(self, variables: Mapping[str, str]) -> Iterator[Driver]:
        """Run its driver while the block does."""
        node = {"NODE_PATH": str(self.folder / "node_modules")}
        with subprocess.Popen(
            [*self.run, str(DRIVERS / self.rival.driver)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**clean_environment(), **variables, **node},
        ) as process:
            try:
                yield Driver(process)
            finally:
                process.kill()


class Driver:
    """A client that waits for orders."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._read()

    def order(self, method: str, arguments: Mapping[str, object], on: int = 0) -> dict[str, Any]:
        """
        Call a method; return what is told of the result.

        Args:
            method: Its name.
            arguments: Its arguments, by their names.
            on: Id of the model that it is a method of.
        """
        assert self._process.stdin is not None
        order = {"method": method, "arguments": arguments, "on": on}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("the driver died")
        told: dict[str, Any] = json.loads(line)
        return told


def environment_of(rival: Rival, venvs: Path) -> Environment:
    """
    Make the environment of a client, where it is not there.

    Raises:
        Missing: It needs npm, which is not installed.
    """
    if rival.classes:
        client = Client(rival.name, "", tuple(rival.packages))
        return Environment(rival, [str(python_of(client, venvs))], venvs / client.folder)
    folder = venvs / rival.name
    if not shutil.which("npm"):
        raise Missing("it needs npm, which is not here")
    if not (folder / "node_modules").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
        subprocess.run([*npm, *rival.packages], check=True, stdout=subprocess.DEVNULL)
    return Environment(rival, ["node"], folder)
