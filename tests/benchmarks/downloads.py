"""Many files, against curl."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import attrs

from . import server
from .drivers import clean_environment, driving
from .results import Bar, Section, Spread, Table
from .settings import Settings
from .venvs import FAST, PLAIN

_LIMIT = 16
_WORDS = """\
{count} files of {size} bytes, {limit} at once, to the same disk, against `curl --parallel`; how
many times as many files a second pixivkit saves. pixivkit writes to `.part`, checks that each file
has its end, and replaces atomically; curl writes what comes.
"""


def run(settings: Settings) -> Section:
    """Measure in turns."""
    count = settings.count(2_000, 200)
    curl = shutil.which("curl")
    if curl is None:
        return Section("DownloadRun", "curl is not installed: not measured.\n")
    ours = [attrs.evolve(client, script="drive_downloads") for client in (FAST, PLAIN)]
    rates: dict[str, list[float]] = {"curl": [], **{client.name: [] for client in ours}}
    with (
        server.serve() as url,
        driving(ours[0], settings.venvs, url) as fast,
        driving(ours[1], settings.venvs, url) as plain,
    ):
        for number in range(max(2, settings.rounds // 3)):
            sys.stderr.write(f"downloads: round {number + 1}\n")
            rates["curl"].append(_curl(curl, url, count))
            for driver in (fast, plain):
                with tempfile.TemporaryDirectory() as folder:
                    told = driver.order(count=count, limit=_LIMIT, to=folder)
                    _check(Path(folder), count)
                rates[driver.client.name].append(count / float(told["seconds"]))
    spreads = {client.name: Spread.ratio(rates[client.name], rates["curl"]) for client in ours}
    bars = [Bar(f"downloads, {name} against curl", ">= 0.7", one) for name, one in spreads.items()]
    rows = [[name, str(spread)] for name, spread in spreads.items()]
    words = _WORDS.format(count=count, size=server.PICTURE_BYTES, limit=_LIMIT)
    return Section("DownloadRun", words, [Table("", ["", "against curl"], rows)], bars)


def _curl(program: str, url: str, count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        lines: list[str] = []
        for number in range(count):
            lines.append(f'url = "{url}/img-original/img/2026/{141_000_000 + number}_p0.jpg"')
            lines.append(f'output = "{folder}/{number}.jpg"')
        with tempfile.NamedTemporaryFile("w", suffix=".curl") as plan:
            plan.write("\n".join(lines))
            plan.flush()
            command = [
                program,
                "--silent",
                "--no-progress-meter",
                "--fail",
                "--parallel",
                "--parallel-max",
                str(_LIMIT),
            ]
            began = time.perf_counter()
            subprocess.run([*command, "--config", plan.name], check=True, env=clean_environment())
            seconds = time.perf_counter() - began
        _check(Path(folder), count)
    return count / seconds


def _check(folder: Path, count: int) -> None:
    sizes = [path.stat().st_size for path in folder.rglob("*.jpg")]
    assert sizes == [server.PICTURE_BYTES] * count, f"{len(sizes)} files"
