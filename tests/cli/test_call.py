"""``pixivkit call``, against the fake pixiv on a socket."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pixivkit.cli.command import commands
from pixivkit.cli.values import read_arguments
from pixivkit.registry import REGISTRY
from pixivkit.testing import FakePixiv, Server

Run = Callable[..., Result]

SECRETS = ("PIXIV_REFRESH_TOKEN", "PIXIV_ACCESS_TOKEN", "PIXIV_PHPSESSID", "PIXIVKIT_HOSTS")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with FakePixiv(works=120, users=8).serve() as running:
        yield running


@pytest.fixture
def pixivkit(server: Server, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `pixivkit call` against the fake, logged in to it."""
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIXIV_REFRESH_TOKEN", server.fake.refresh_token)
    monkeypatch.setenv("PIXIV_PHPSESSID", server.fake.session_cookie)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(commands, ["call", *arguments, "--server", server.url])

    return run


@pytest.fixture
def illust_id(server: Server) -> int:
    return server.fake.world.newest()[0].id


def test_one_result_as_json(pixivkit: Run, illust_id: int) -> None:
    done = pixivkit("app.illust.detail", f"illust_id={illust_id}", "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["id"] == illust_id


def test_one_result_in_lines(pixivkit: Run, illust_id: int) -> None:
    done = pixivkit("app.illust.detail", f"illust_id={illust_id}")
    lines = dict(line.split("\t") for line in done.stdout.splitlines())
    assert lines["id"] == str(illust_id)
    assert lines["user.name"]
    assert "\x1b" not in done.stdout


def test_items_as_json_lines(pixivkit: Run) -> None:
    done = pixivkit("web.illust.new", "limit=10", "--items", "25", "--json")
    assert done.exit_code == 0, done.stderr
    items = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(items) == len({item["id"] for item in items}) == 25


@pytest.mark.parametrize(("options", "count"), [((), 10), (("--pages", "3"), 30)])
def test_pages(pixivkit: Run, options: tuple[str, ...], count: int) -> None:
    done = pixivkit("web.illust.new", "limit=10", *options)
    assert done.exit_code == 0, done.stderr
    assert len(done.stdout.splitlines()) == count
    assert all("\t" in line for line in done.stdout.splitlines())


def test_writes_and_sequences(pixivkit: Run, server: Server, illust_id: int) -> None:
    pairs = [f"illust_id={illust_id}", "restrict=1", "tags=one", "tags=two"]
    done = pixivkit("web.illust.bookmark_add", *pairs, "--json")
    assert done.exit_code == 0, done.stderr
    bookmark = server.fake.world.bookmark_of(server.fake.account, illust_id)
    assert bookmark is not None
    assert list(bookmark.tags) == ["one", "two"]


def test_uploads_files_by_path(pixivkit: Run, tmp_path: Path) -> None:
    from pixivkit.cli.picture import gradient

    picture = tmp_path / "picture.png"
    picture.write_bytes(gradient())
    done = pixivkit("app.upload.illust", "title=A title", f"files={picture}", "is_sexual=false")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("convert_key\t")


def test_hosts_of_the_environment(
    server: Server, illust_id: int, monkeypatch: pytest.MonkeyPatch, pixivkit: Run
) -> None:
    del pixivkit
    monkeypatch.setenv("PIXIVKIT_HOSTS", server.url)
    arguments = ["call", "app.illust.detail", f"illust_id={illust_id}"]
    assert CliRunner().invoke(commands, arguments).exit_code == 0
    hosts = server.hosts
    monkeypatch.setenv("PIXIVKIT_HOSTS", f"app={hosts.app},oauth={hosts.oauth}")
    assert CliRunner().invoke(commands, arguments).exit_code == 0
    monkeypatch.setenv("PIXIVKIT_HOSTS", "apps=http://127.0.0.1")
    assert CliRunner().invoke(commands, arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("no.such.endpoint",), "no endpoint is called"),
        (("app.illust.detial",), "did you mean 'app.illust.detail'?"),
        (("app.illust.detail",), "needs illust_id\n  illust_id: Id of the work."),
        (("app.illust.detail", "illust_id"), "not of the form name=value"),
        (("app.illust.detail", "illust_id=one"), "illust_id: must be a whole number"),
        (("app.illust.detail", "illust_id=1", "illust_id=2"), "given more than once"),
        (("app.illust.detail", "illust_id=1", "size=2"), "its parameters: illust_id, filter"),
        (("app.illust.detail", "illust_id=1", "filter=none"), "must be one of for_ios"),
        (("app.illust.detail", "illust_id=1", "--items", "2"), "is no list"),
        (("web.illust.new", "--items", "2", "--pages", "2"), "choose one"),
        (("web.illust.new", "r18=1"), "must be true or false"),
        (("web.illust.new", "limit=0"), "at least 1"),
        (("web.ranking", "date=yesterday"), "must be a date"),
    ],
)
def test_wrong_usage(pixivkit: Run, arguments: tuple[str, ...], words: str) -> None:
    done = pixivkit(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_a_work_that_is_not_there(pixivkit: Run) -> None:
    done = pixivkit("app.illust.detail", "illust_id=1")
    assert done.exit_code == 4
    assert done.stderr.startswith("pixivkit: NotFound: app.illust.detail: 404")
    assert len(done.stderr.splitlines()) == 1


def test_no_login(pixivkit: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
    assert pixivkit("app.illust.detail", "illust_id=1").exit_code == 3


def test_a_wrong_login_is_not_shown(pixivkit: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIXIV_REFRESH_TOKEN", "hush-hush")
    done = pixivkit("app.illust.detail", "illust_id=1")
    assert done.exit_code == 3
    monkeypatch.setenv("PIXIV_REFRESH_TOKEN", "two words")
    refused = pixivkit("app.illust.detail", "illust_id=1")
    assert refused.exit_code == 2
    for secret in ("hush", "two words"):
        assert secret not in done.output + refused.output


def test_a_reply_that_does_not_fit(pixivkit: Run, server: Server, illust_id: int) -> None:
    server.fake.fail_next("app.illust.detail", status=200, body={"illust": {"id": []}})
    done = pixivkit("app.illust.detail", f"illust_id={illust_id}")
    assert done.exit_code == 8
    assert "$.illust.id" in done.stderr


def test_nobody_answers(pixivkit: Run) -> None:
    arguments = ["call", "web.illust.new", "--server", "http://127.0.0.1:9"]
    done = CliRunner().invoke(commands, arguments)
    assert done.exit_code == 6
    assert "Traceback" not in done.output
    del pixivkit


def test_nobody_answers_a_login(monkeypatch: pytest.MonkeyPatch) -> None:
    """The login may well be good: it is the connection that is not there."""
    monkeypatch.setenv("PIXIVKIT_HOSTS", "http://127.0.0.1:9")
    done = CliRunner().invoke(commands, ["login", "--no-browser"], input="a-code\n")
    assert done.exit_code == 6
    assert "AuthUnavailable: oauth.auth.token_code: no answer: " in done.stderr


def test_example_is_shown_and_nothing_is_sent(pixivkit: Run, server: Server) -> None:
    server.fake.log.clear()
    done = pixivkit("app.illust.detail", "--example")
    command, request, *reply = done.stdout.splitlines()
    assert command == "pixivkit call app.illust.detail illust_id=140000002"
    assert request.strip().startswith("GET https://app-api.pixiv.net/v1/illust/detail?illust_id=")
    assert json.loads("\n".join(reply))["illust"]["id"] == 140000002
    assert len(server.fake.log) == 0


def test_the_reply_of_an_example_alone(pixivkit: Run) -> None:
    done = pixivkit("web.illust.detail", "--example", "--json")
    assert json.loads(done.stdout)["body"]["illustId"] == "140000001"


@pytest.mark.parametrize("name", ["app.search.illust", "app.upload.illust", "web.ranking"])
def test_the_commands_of_examples_are_understood(name: str, pixivkit: Run, tmp_path: Path) -> None:
    (tmp_path / "FILE").write_bytes(b"x")
    for line in pixivkit(name, "--example").stdout.splitlines():
        if line.startswith("pixivkit call "):
            pairs = [pair.replace("=FILE", f"={tmp_path}/FILE") for pair in shlex.split(line)[3:]]
            given = read_arguments(REGISTRY[name], pairs)
            assert REGISTRY[name].bind(**given)
