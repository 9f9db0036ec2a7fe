"""The pytest plugin, in a pytest of its own."""

from __future__ import annotations

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
