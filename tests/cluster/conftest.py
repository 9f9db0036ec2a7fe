"""One Ray for all tests of a run, whatever the number of workers of pytest-xdist."""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pixivkit._core.basics.extras import is_installed
from pixivkit.testing import FakePixiv

from .accounts import Hold, Shared, accounts_of, at_home
from .nodes import RunningRay, login, start_head

HERE = Path(__file__).parent
STORE = "cluster.object_store.register"
"""What each worker does first: it makes fsspec know a store of the tests."""


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
    with _shared_head(folder / "ray") as running, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        os.environ.update(login(running.token))
        ray: Any = importlib.import_module("ray")
        runtime_env = {"worker_process_setup_hook": STORE}
        ray.init(address=running.address, runtime_env=runtime_env, log_to_driver=False)
        yield running
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
def _shared_head(folder: Path) -> Generator[RunningRay]:
    folder.mkdir(exist_ok=True)
    about, users = folder / "head", folder / f"user-{os.getpid()}"
    with _locked(folder):
        users.touch()
        if not about.exists():
            about.write_bytes(pickle.dumps(start_head(folder)))
        running: RunningRay = pickle.loads(about.read_bytes())
    try:
        yield running
    finally:
        with _locked(folder):
            users.unlink()
            if not list(folder.glob("user-*")):
                about.unlink()
                os.kill(running.process, signal.SIGTERM)


@contextmanager
def _locked(folder: Path) -> Generator[None]:
    fcntl: Any = importlib.import_module("fcntl")
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
