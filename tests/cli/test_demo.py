"""``pixivkit demo`` and ``pixivkit serve``."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from pixivkit.cli.command import commands
from pixivkit.testing import FakePixiv


def test_demo_does_the_main_job() -> None:
    done = CliRunner().invoke(commands, ["demo"])
    assert done.exit_code == 0, done.output
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    called = {
        cells[0]: int(cells[1]) for cells in lines if cells[0].startswith(("app.", "oauth."))
    }
    assert called["app.illust.detail"] == 300
    assert called["oauth.auth.token_refresh"] == 1
    assert called["app.upload.illust"] == called["app.illust.delete"] == 1
    assert called["app.illust.comment_add"] == called["app.illust.comment_delete"] == 2
    assert ["bulk", "300 works fetched, 16 at a time; 0 failed"] in lines
    assert lines[-1][0] == "done"


def test_live_demo_only_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakePixiv(works=120, users=8).serve() as server:
        monkeypatch.setenv("PIXIV_REFRESH_TOKEN", server.fake.refresh_token)
        monkeypatch.setenv("PIXIVKIT_HOSTS", server.url)
        done = CliRunner().invoke(commands, ["demo", "--live"])
        assert done.exit_code == 0, done.output
        assert len(server.fake.log) < 20
        methods = {(one.method, one.endpoint) for one in server.fake.log if one.method != "GET"}
        assert {method for method, _ in methods} == {"POST"}
        assert len(methods) == 1, "a token, and nothing else"


def test_serve_until_interrupted() -> None:
    command = [sys.executable, "-m", "pixivkit.cli", "serve", "--seed", "1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        said = dict(running.stdout.readline().rstrip("\n").split("\t") for _ in range(8))
        assert said["host app"] == f"{said['url']}/app"
        arguments = said["try"].split()
        environment = {**os.environ, **dict([arguments[0].split("=", 1)])}
        called = subprocess.run(
            [sys.executable, "-m", "pixivkit.cli", *arguments[2:]],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=20) == 0
    assert called.returncode == 0, called.stderr
    assert len(called.stdout.splitlines()) == 5
