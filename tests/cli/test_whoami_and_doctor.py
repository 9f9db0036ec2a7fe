"""``pixivkit whoami`` and ``pixivkit doctor``."""

from __future__ import annotations

import json
import socket

import pytest
from support.command import Command

from pixivkit.testing import Server


def test_whose_the_logins_are(command: Command, shared_server: Server) -> None:
    done = command("whoami", "--json")
    assert done.exit_code == 0, done.stderr
    me = shared_server.fake.world.account
    assert json.loads(done.stdout) == [
        {"api": "app", "id": me.id, "name": me.name},
        {"api": "web", "id": me.id, "name": me.name},
    ]


def test_without_a_login(anonymous: Command) -> None:
    done = anonymous("whoami")
    assert done.exit_code == 3
    assert "pixivkit login" in done.stderr


def test_a_refused_login(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIXIV_REFRESH_TOKEN", "another")
    assert command("whoami").exit_code == 3
    done = command("doctor", "--json")
    assert done.exit_code == 3
    states = {one["check"]: one["state"] for one in json.loads(done.stdout)}
    assert states["account app"] == "failed"
    assert states["account web"] == "ok"
    assert "another" not in done.output


def test_all_is_well(command: Command) -> None:
    done = command("doctor")
    assert done.exit_code == 0, done.output
    checks = [line.split("\t")[:2] for line in done.stdout.splitlines()]
    assert ["ok", "clock"] in checks
    assert ["ok", "host images"] in checks
    assert ["ok", "account web"] in checks


def test_what_is_missing_is_said_with_what_to_do(
    anonymous: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    found = {one["check"]: one for one in json.loads(anonymous("doctor", "--json").stdout)}
    assert "pixivkit login" in found["login app"]["remedy"]
    assert "--proxy" in found["proxy"]["remedy"]


def test_a_host_that_nobody_answers_at(command: Command) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        done = command("doctor", "--server", url)
    assert done.exit_code == 6
    assert "failed\thost app" in done.stdout
