"""The pytest plugin, in a pytest of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import socket

import anyio
import pytest

from pixivkit import Api, Auth, Base, Call, Model, get


def test_the_fixtures_go_together(pixiv, fake_pixiv):
    async def use():
        async with pixiv() as px:
            return await px.app.upload.novel_covers()

    for backend in ("asyncio", "trio"):
        assert len(anyio.run(use, backend=backend)) == 12
    assert fake_pixiv.count("app.upload.novel_covers") == 2


@pytest.mark.parametrize("host", ["www.pixiv.net", "i.pximg.net", "PIXIV.NET.", b"s.pximg.net"])
def test_the_real_hosts_are_out_of_reach(host):
    with pytest.raises(RuntimeError, match="pixiv_network"):
        socket.getaddrinfo(host, 443)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_they_are_for_clients_too(backend):
    async def connect():
        with pytest.raises(RuntimeError, match="pixiv_network"):
            await anyio.connect_tcp("app-api.pixiv.net", 443)

    anyio.run(connect, backend=backend)


def test_hosts_of_own_bases_are_out_of_reach_as_well():
    things, here = Base("things", "https://things.example/v1"), Base("here", "http://127.0.0.1:9")

    class ThingApi(Api, base=things, resource="thing", auth=Auth.NONE):
        @get("/thing")
        def detail(self) -> Call[Model]: ...

    class HereApi(Api, base=here, resource="thing", auth=Auth.NONE):
        @get("/thing")
        def detail(self) -> Call[Model]: ...

    with pytest.raises(RuntimeError, match="things.example"):
        socket.getaddrinfo("things.example", 443)
    assert socket.getaddrinfo("127.0.0.1", 9)


def test_other_hosts_resolve():
    assert socket.getaddrinfo("127.0.0.1", 80)
    assert socket.getaddrinfo(None, 80)


@pytest.mark.pixiv_network
def test_the_marker_lifts_it():
    assert socket.getaddrinfo.__module__ == "socket"
"""


@pytest.mark.parametrize("name", ["pixivkit.pytest_plugin", "pixivkit.testing.plugin"])
def test_the_plugin(tmp_path: Path, name: str) -> None:
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    root = Path(__file__).parents[2]
    # By module instead of by entry point, so that it need not be installed.
    plugins = ["-p", "no:pixivkit", "-p", "no:cacheprovider", "-p", name]
    plugins += ["-p", "no:asyncio", "-p", "no:trio"]  # Where they are installed.
    options = ["--strict-markers", "-q", "-W", "error", "--rootdir", str(tmp_path)]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *options, str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "10 passed" in run.stdout


RUNNERS = {
    "anyio": (
        "anyio.pytest_plugin",
        """
import pytest

asynchronous = pytest.mark.anyio


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request):
    return request.param


@pytest.fixture
async def px(pixiv, anyio_backend):
    async with pixiv() as px:
        yield px
""",
        2,
    ),
    "pytest-asyncio": (
        "pytest_asyncio.plugin",
        """
import pytest
import pytest_asyncio

asynchronous = pytest.mark.asyncio


@pytest_asyncio.fixture
async def px(pixiv):
    # This runner begins and ends fixtures in several tasks: a client is entered in tests.
    px = pixiv()
    yield px
    await px.aclose()
""",
        1,
    ),
    "pytest-trio": (
        "pytest_trio.plugin",
        """
import pytest

asynchronous = pytest.mark.trio


@pytest.fixture
async def px(pixiv):
    async with pixiv() as px:
        yield px
""",
        1,
    ),
}
"""How each runner of asynchronous tests is asked for, and on how many backends it runs them."""

ASYNC_TESTS = """

@asynchronous
async def test_a_client_in_the_test(pixiv, fake_pixiv):
    async with pixiv() as px:
        assert len(await px.app.upload.novel_covers()) == 12
        outcomes = [one async for one in px.bulk([px.app.upload.novel_covers()] * 3)]
        assert all(one.ok for one in outcomes)


@asynchronous
async def test_a_client_of_a_fixture(px, fake_pixiv):
    work = fake_pixiv.add_illust(title="mine")
    assert (await px.app.illust.detail(work.id)).title == "mine"
    async for illust in px.app.search.illust("風景"):
        break
    assert fake_pixiv.count("app.search.illust") == 1


@asynchronous
async def test_the_real_hosts_are_out_of_reach():
    import anyio

    with pytest.raises(RuntimeError, match="pixiv_network"):
        await anyio.connect_tcp("app-api.pixiv.net", 443)


def test_a_blocking_client(fake_pixiv):
    import pixivkit

    with pixivkit.blocking(fake_pixiv.client()) as px:
        assert len(px.run(px.app.upload.novel_covers())) == 12
"""


@pytest.mark.parametrize("runner", RUNNERS)
def test_each_runner_of_asynchronous_tests_takes_it(tmp_path: Path, runner: str) -> None:
    module, beginning, backends = RUNNERS[runner]
    pytest.importorskip(module.partition(".")[0])
    (tmp_path / "test_it.py").write_text(beginning + ASYNC_TESTS, encoding="utf-8")
    # Each alone, and by module: they need not be installed with entry points.
    known = ["anyio", "asyncio", "trio", "pixivkit", "xdist", "cacheprovider", "timeout"]
    plugins = [word for name in known for word in ("-p", f"no:{name}")]
    plugins += ["-p", module, "-p", "pixivkit.pytest_plugin"]
    options = ["--strict-markers", "-q", "--rootdir", str(tmp_path), "-W", "error"]
    options += ["-o", "asyncio_default_fixture_loop_scope=function"] * (runner == "pytest-asyncio")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *options, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"{3 * backends + 1} passed" in run.stdout
