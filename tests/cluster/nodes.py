"""Nodes of a Ray on this machine: start them, and kill them as if their machine had failed."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import attrs

from pixivkit.cluster import engine

from .scale import either

HERE = Path(__file__).parent
HEAD = HERE / "head.py"
PATHS = (HERE.parents[1], HERE.parent)
"""Where Ray's workers find what tests send them."""

SLOTS = either(1, 4)
"""How many slots a Ray has; see `head`."""

_SOON = {
    "RAY_health_check_initial_delay_ms": "0",
    "RAY_health_check_period_ms": "500",
    "RAY_health_check_failure_threshold": "3",
}
"""Lets the head notice soon that a node is gone; one that is slow has 10 seconds to answer."""

_START = (sys.executable, "-m", "ray.scripts.scripts", "start", "--block")
# Ports that are free, and no more of everything else than it needs.
_SMALL = (
    *("--min-worker-port", "0", "--max-worker-port", "0", "--num-cpus", "1"),
    *("--object-store-memory", str(80 * 1024 * 1024), "--include-log-monitor", "false"),
)


@attrs.frozen(kw_only=True)
class RunningRay:
    """
    A Ray that runs.

    Attributes:
        address: Where it is.
        folder: Where its logs are.
        process: The process of its head.
        token: What lets into it.
    """

    address: str
    folder: Path
    process: int
    token: str


def login(token: str) -> dict[str, str]:
    """What lets processes into a Ray that nobody else gets into."""
    return {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": token}


def start_head(folder: Path) -> RunningRay:
    """Start a Ray, which ends with this process at the latest; its log goes into *folder*."""
    token = secrets.token_hex(32)
    with (folder / "head.log").open("w") as errors:
        head = subprocess.Popen(
            [sys.executable, str(HEAD), str(SLOTS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=_environment(token) | _SOON,
            start_new_session=True,
        )
    assert head.stdout is not None
    for line in head.stdout:
        if line.count(":") and len(line.split()) == 2:
            _heads.append(head)
            address, session = line.split()
            return RunningRay(address=address, folder=Path(session), process=head.pid, token=token)
    raise RuntimeError((folder / "head.log").read_text())


_heads: list[subprocess.Popen[str]] = []
"""Their standard input is open as long as this process is there."""


@contextmanager
def own_head(folder: Path) -> Generator[RunningRay]:
    """A Ray that no other test uses, which may be killed."""
    running = start_head(folder)
    try:
        yield running
    finally:
        kill_all_of(running.process)


@contextmanager
def second_node(running: RunningRay, name: str, log: Path) -> Generator[int]:
    """
    A node with the *name* of a Ray that this process is connected to; its process.

    Args:
        running: The Ray.
        name: What the node is called.
        log: Where it writes what it says.
    """
    with log.open("wb") as file:
        node = subprocess.Popen(
            [*_START, *_SMALL, "--address", running.address, "--node-name", name],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env=_environment(running.token),
            start_new_session=True,
        )
    try:
        while name not in _living_nodes():
            assert node.poll() is None, log.read_text()
            time.sleep(0.1)
        yield node.pid
    finally:
        kill_all_of(node.pid)
        node.wait()


def kill_all_of(leader: int) -> None:
    """Kill a process of a session of its own and all that it started, as a power cut does."""
    while theirs := _of_session(leader):
        for process in theirs:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        time.sleep(0.01)


def _environment(token: str) -> dict[str, str]:
    paths = [*map(str, PATHS), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, **login(token), "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def _living_nodes() -> set[str]:
    """The names of the nodes that the head takes for alive."""
    return {node["NodeName"] for node in engine.ray().nodes() if node["Alive"]}


def _of_session(session: int) -> list[int]:
    """The processes of a session that run; those that only wait to be waited for do not."""
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # After the name, which may hold anything: state, parent, group, session.
            state, _, _, of = path.read_text().rpartition(")")[2].split()[:4]
            if int(of) == session and state != "Z":
                found.append(int(path.parent.name))
    return found
