"""Drivers of clients, at work in processes of their own."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from .venvs import Client, python_of

_RIVALS = Path(__file__).parent / "rivals"


@attrs.frozen
class Burst:
    """What a client did in a while: requests a second, and seconds of CPU for each."""

    rate: float
    cpu: float


class Driver:
    """A client that waits for orders."""

    def __init__(self, client: Client, process: subprocess.Popen[str]) -> None:
        self.client = client
        self._process = process
        self.versions: dict[str, str] = self._read()["versions"]

    def burst(self, workload: str, concurrency: int, seconds: float) -> Burst:
        """Send requests as fast as it goes."""
        told = self.order(workload=workload, concurrency=concurrency, seconds=seconds)
        done = max(1, int(told["done"]))
        return Burst(done / float(told["seconds"]), float(told["cpu"]) / done)

    def order(self, **fields: object) -> dict[str, Any]:
        """Give an order, and wait until it is done."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(fields) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            msg = f"the driver of {self.client.name} died"
            raise RuntimeError(msg)
        told: dict[str, Any] = json.loads(line)
        return told


@contextlib.contextmanager
def driving(client: Client, venvs: Path, *arguments: str) -> Iterator[Driver]:
    """Run the driver of *client* while the block does."""
    script = _RIVALS / f"{client.script}.py"
    command = [str(python_of(client, venvs)), str(script), *arguments]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment(),
    ) as process:
        try:
            yield Driver(client, process)
        finally:
            process.kill()


def drive_all(clients: Sequence[Client], venvs: Path, url: str) -> _Drivers:
    """Start the drivers of *clients*; one that does not start is left out, with a word."""
    return _Drivers(clients, venvs, url)


class _Drivers(contextlib.ExitStack):
    def __init__(self, clients: Sequence[Client], venvs: Path, url: str) -> None:
        super().__init__()
        self.running: dict[Client, Driver] = {}
        self.missing: list[Client] = []
        for client in clients:
            try:
                self.running[client] = self.enter_context(driving(client, venvs, url))
            except (RuntimeError, subprocess.CalledProcessError) as exc:
                sys.stderr.write(f"{client.name} is left out: {exc}\n")
                self.missing.append(client)


def clean_environment() -> dict[str, str]:
    """The environment without proxies and Python's settings."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and not name.startswith("PYTHON")
    }
