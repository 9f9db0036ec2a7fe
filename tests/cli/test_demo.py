"""``pixivkit demo`` and ``pixivkit serve``."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from click.testing import CliRunner

from pixivkit.app.oauth import CLIENT_ID, CLIENT_SECRET
from pixivkit.cli.command import commands
from pixivkit.testing import FakePixiv
from pixivkit.testing.world import JST


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


@contextmanager
def serving(*options: str) -> Iterator[dict[str, str]]:
    """Run the command, and give what it prints."""
    command = [sys.executable, "-m", "pixivkit.cli", "serve", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        try:
            yield dict(running.stdout.readline().rstrip("\n").split("\t") for _ in range(8))
        finally:
            running.send_signal(signal.SIGINT)


def token(said: dict[str, str]) -> dict[str, str]:
    form = {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "grant_type": "refresh_token",
        "refresh_token": said["refresh token"],
    }
    # As pixivpy3 asks a mirror for a token: below the App API's address, with pixiv's Host.
    reply = httpx.post(
        f"{said['host app']}/auth/token", data=form, headers={"host": "oauth.secure.pixiv.net"}
    )
    return {"authorization": f"Bearer {reply.json()['access_token']}"}


def test_serve_is_of_today_and_lenient_and_says_pixivs_addresses() -> None:
    with serving() as said:
        bearer = token(said)
        url = f"{said['host app']}/v1/illust/ranking"
        # The ranking of yesterday appears at noon.
        ranked = dt.datetime.now(JST).date() - dt.timedelta(days=2)
        found = httpx.get(url, params={"date": str(ranked), "colour": "red"}, headers=bearer)
        assert found.json()["next_url"].startswith("https://app-api.pixiv.net/v1/illust/ranking?")
        assert '"https://i.pximg.net/' in found.text


def test_serve_strictly_with_addresses_of_its_own() -> None:
    with serving("--strict", "--own-urls") as said:
        bearer = token(said)
        url = f"{said['host app']}/v1/illust/ranking"
        assert httpx.get(url, params={"colour": "red"}, headers=bearer).status_code == 400
        page = httpx.get(url, headers=bearer).json()
        assert page["next_url"].startswith(f"{url}?")
        assert httpx.get(page["next_url"], headers=bearer).json()["illusts"]
        picture = page["illusts"][0]["image_urls"]["medium"]
        assert picture.startswith(f"{said['host images']}/")
        headers = {"referer": "https://app-api.pixiv.net"}
        assert httpx.get(picture, headers=headers).headers["content-type"] == "image/jpeg"
