"""One Ray for all tests of a run, whatever the number of workers of pytest-xdist."""

from __future__ import annotations

import importlib
import os
import secrets
import signal
import subprocess
import sys
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import pytest

from pixivkit._core.basics.extras import is_installed
from pixivkit.testing import FakePixiv

from .accounts import Hold, Shared, accounts_of, at_home

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEAD = HERE / "head.py"
STORE = "cluster.object_store.register"
"""What each worker does first: it makes fsspec know a store of the tests."""


@attrs.frozen
class RunningRay:
    """
    A Ray that runs.

    Attributes:
        address: Where it is.
        folder: Where its logs are.
    """

    address: str
    folder: Path


@pytest.fixture
def anyio_backend() -> str:
    """Ray knows asyncio alone."""
    return "asyncio"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ray and what it brings warn of each other."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore"))


@pytest.fixture(scope="session")
def running_ray(tmp_path_factory: pytest.TempPathFactory) -> Generator[RunningRay]:
    """
    A Ray on this machine, which this process is connected to.

    The first worker of the run starts it, and the last one that leaves ends it.
    """
    if not is_installed("ray"):
        pytest.skip("Ray is not installed, or has no wheel for this Python")
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with _shared_head(folder / "ray") as head, warnings.catch_warnings():
        _, address, session, token = head
        warnings.simplefilter("ignore")
        os.environ.update(_login(token))
        ray: Any = importlib.import_module("ray")
        runtime_env = {"worker_process_setup_hook": STORE}
        ray.init(address=address, runtime_env=runtime_env, log_to_driver=False)
        yield RunningRay(address, Path(session))
        ray.shutdown()


@pytest.fixture(scope="module")
def shared(running_ray: RunningRay) -> Generator[Shared]:
    """Two accounts whose homes are there."""
    del running_ray
    fake = FakePixiv(works=120)
    hold = Hold()
    fake.middleware.append(hold.middleware)
    with fake.serve() as server:
        accounts = accounts_of(fake, 2)
        with at_home(accounts, server.hosts):
            yield Shared(fake, server.hosts, accounts, hold)


@contextmanager
def _shared_head(folder: Path) -> Generator[list[str]]:
    folder.mkdir(exist_ok=True)
    about, users = folder / "head", folder / f"user-{os.getpid()}"
    with _locked(folder):
        users.touch()
        if not about.exists():
            about.write_text(_start(folder))
        known = about.read_text().split()
    try:
        yield known
    finally:
        with _locked(folder):
            users.unlink()
            if not list(folder.glob("user-*")):
                about.unlink()
                os.kill(int(known[0]), signal.SIGTERM)


@contextmanager
def _locked(folder: Path) -> Generator[None]:
    fcntl: Any = importlib.import_module("fcntl")
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _login(token: str) -> dict[str, str]:
    """What lets processes into a Ray that nobody else gets into."""
    return {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": token}


def _start(folder: Path) -> str:
    paths = [str(ROOT), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]
    token = secrets.token_hex(32)
    environment = {
        **os.environ,
        **_login(token),
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    with (folder / "head.log").open("w") as errors:
        head = subprocess.Popen(
            [sys.executable, str(HEAD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=environment,
            start_new_session=True,
        )
    assert head.stdout is not None
    for line in head.stdout:
        if line.count(":") and len(line.split()) == 2:
            _KEPT.append(head)
            return f"{head.pid} {line.strip()} {token}"
    raise RuntimeError((folder / "head.log").read_text())


_KEPT: list[subprocess.Popen[str]] = []
"""Their standard input is open as long as this process is there."""
