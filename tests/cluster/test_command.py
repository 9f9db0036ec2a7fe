"""The command with ``--cluster``: accounts from a file or the environment, homes send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pixivkit import RefreshToken
from pixivkit.cli.accounts import read_accounts
from pixivkit.cli.command import commands
from pixivkit.testing import FakePixiv, Server

from .accounts import accounts_of, at_home
from .nodes import RunningRay

CLUSTER = ("--cluster", "auto")


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with FakePixiv(works=60).serve() as server:
        yield server


@pytest.fixture
def server(served: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A fake that the environment tells the command of."""
    monkeypatch.setenv("PIXIVKIT_HOSTS", served.url)
    for name in ("PIXIV_PHPSESSID", "PIXIV_ACCESS_TOKEN", "PIXIVKIT_ACCOUNTS"):
        monkeypatch.delenv(name, raising=False)
    served.fake.log.clear()
    return served


@pytest.fixture(scope="module")
def accounts(
    running_ray: RunningRay, served: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A file with two accounts, whose homes are there."""
    del running_ray
    two = accounts_of(served.fake, 2)
    tables = [
        f'[{account.name}]\nrefresh_token = "{account.app.token}"\n'
        for account in two
        if isinstance(account.app, RefreshToken)
    ]
    file = tmp_path_factory.mktemp("command") / "accounts.toml"
    file.write_text("\n".join(tables))
    with at_home(two, served.hosts):
        yield file


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(one) for one in arguments])


def test_homes_download_export_and_call(server: Server, accounts: Path, tmp_path: Path) -> None:
    ids = list(server.fake.world.works)[:6]
    options = (*CLUSTER, "--accounts", accounts)
    fetched = invoke("download", *ids, "--to", tmp_path / "works", "--json", *options)
    assert fetched.exit_code == 0, fetched.output
    paths = [Path(json.loads(line)["path"]) for line in fetched.stdout.splitlines()]
    assert len(paths) >= len(ids)
    assert all(path.parent == tmp_path / "works" and path.is_file() for path in paths)

    ugoira = next(work.id for work in server.fake.world.works.values() if work.kind == "ugoira")
    places = ("--to", tmp_path / "ugoira", "--ugoira", "frames")
    assert invoke("download", ugoira, *places, *options).exit_code == 0
    assert (tmp_path / "ugoira" / f"{ugoira}_ugoira" / "animation.json").is_file()

    author = server.fake.world.works[ids[0]].user_id
    rows = tmp_path / "rows.jsonl"
    exported = invoke("export", f"user:{author}", "--to", rows, *options)
    assert exported.exit_code == 0, exported.output
    assert ids[0] in [json.loads(line)["id"] for line in rows.read_text().splitlines()]

    pairs = ("app.illust.detail", f"illust_id={ids[0]}")
    called = invoke(*CLUSTER, "call", *pairs, "--json", "--accounts", accounts)
    assert json.loads(called.stdout)["id"] == ids[0]


def test_what_changes_something_wants_an_account(server: Server, accounts: Path) -> None:
    illust_id = next(iter(server.fake.world.works))
    pairs = ("app.illust.comment_add", f"illust_id={illust_id}", "comment=hello")
    options = (*CLUSTER, "--accounts", accounts)
    refused = invoke("call", *pairs, *options)
    assert refused.exit_code != 0
    assert "changes something" in refused.output
    name = accounts.read_text().partition("[")[2].partition("]")[0]
    assert invoke("call", *pairs, *options, "--account", name).exit_code == 0
    assert server.fake.count("app.illust.comment_add") == 1
    unknown = invoke("call", *pairs, *options, "--account", "nobody")
    assert "there is no account of that name" in unknown.output


def test_one_account_of_the_environment_is_enough(
    running_ray: RunningRay, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    del running_ray
    monkeypatch.setenv("PIXIV_REFRESH_TOKEN", server.fake.refresh_token)
    illust_id = next(iter(server.fake.world.works))
    pairs = ("app.illust.comment_add", f"illust_id={illust_id}", "comment=hello")
    assert invoke("call", *pairs, *CLUSTER).exit_code == 0
    assert server.fake.count("app.illust.comment_add") == 1


WRONG = {
    "no TOML": ("[first", "is not TOML"),
    "no table": ("first = 1", "is no table"),
    "an unknown key": ("[first]\nrefresh-token = 'a-secret-of-tests'", "is none of"),
    "a number for a text": ("[first]\nproxy = 1", "proxy is a text"),
    "a text for a number": ("[first]\nrate = 'a-secret-of-tests'", "rate is a number"),
    "a token of two words": ("[first]\nrefresh_token = 'a-secret of-tests'", "one word"),
    "a name of two words": ("['a b']\nrefresh_token = 'a-secret-of-tests'", "an account is"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_makes_no_sense_is_told_without_quoting_it(name: str, tmp_path: Path) -> None:
    text, words = WRONG[name]
    file = tmp_path / "accounts.toml"
    file.write_text(text)
    told = invoke("call", "app.illust.detail", "illust_id=1", *CLUSTER, "--accounts", file)
    assert told.exit_code == 2
    assert words in " ".join(told.output.replace("│", " ").split())
    assert "a-secret" not in told.output


def test_accounts_are_read_with_all_they_have(tmp_path: Path) -> None:
    file = tmp_path / "accounts.toml"
    file.write_text(
        "[first]\nrefresh_token = 'a-token-of-tests'\nrate = 0.5\nstore = '/shared/first.json'\n"
        "[second]\nphpsessid = '1_a-session'\nproxy = 'http://proxy.example'\n"
    )
    first, second = read_accounts(file, polite=True)
    assert (first.name, second.name) == ("first", "second")
    assert first.pace is not None and first.pace.rate == 0.5
    assert second.pace is not None and second.pace.rate == 1.0
    assert first.store is not None and second.web is not None and second.proxy is not None
    assert read_accounts(file, polite=False)[1].pace is None


def test_commands_that_do_not_work_on_a_cluster_say_so() -> None:
    told = invoke(*CLUSTER, "get", "140000001")
    assert told.exit_code == 2
    assert "download, export, call" in told.output


def test_its_options_are_for_a_cluster() -> None:
    told = invoke("call", "app.illust.detail", "illust_id=1", "--account", "first")
    assert told.exit_code == 2
    assert "for --cluster" in told.output
