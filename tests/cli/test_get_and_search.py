"""``pixivkit get`` and ``pixivkit search``."""

from __future__ import annotations

import json

import pytest
from support.command import Command

from pixivkit.cli.what import read_what
from pixivkit.errors import InvalidArgument
from pixivkit.pixiv_url import (
    FollowedRef,
    NovelRef,
    RankingRef,
    SeriesRef,
    TagRef,
    UserRef,
    WorkRef,
)
from pixivkit.testing import Server


def test_a_work_by_its_id_or_url(command: Command, shared_server: Server) -> None:
    work = shared_server.fake.world.newest()[0]
    for text in (work.id, f"https://www.pixiv.net/en/artworks/{work.id}#2", f"work:{work.id}"):
        done = command("get", text, "--json")
        assert done.exit_code == 0, done.stderr
        assert json.loads(done.stdout)["id"] == work.id


def test_lines_where_there_is_no_terminal(command: Command, shared_server: Server) -> None:
    work = shared_server.fake.world.newest()[0]
    lines = dict(line.split("\t") for line in command("get", work.id).stdout.splitlines())
    assert lines["id"] == str(work.id)


def test_users_novels_and_tags(command: Command, shared_server: Server) -> None:
    world = shared_server.fake.world
    novel, user = next(iter(world.novels)), next(iter(world.users))
    assert json.loads(command("get", f"novel:{novel}", "--json").stdout)["id"] == novel
    assert json.loads(command("get", f"user:{user}", "--json").stdout)["user"]["id"] == user
    tag = world.newest()[0].tags[0]
    assert json.loads(command("get", f"tag:{tag}", "--json").stdout)["tag"] == tag


def test_without_a_login_the_web_is_asked(anonymous: Command, shared_server: Server) -> None:
    work = next(work for work in shared_server.fake.world.newest() if not work.x_restrict)
    done = anonymous("get", work.id, "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["illustTitle"]
    done = anonymous("search", work.tags[0], "--match", "exact", "--json", "--limit", "3")
    assert done.exit_code == 0, done.stderr
    assert 0 < len(done.stdout.splitlines()) <= 3
    assert anonymous("get", "novel:1").exit_code == 3


def test_what_cannot_be_read_is_an_error_of_the_command_line(command: Command) -> None:
    for text, words in {
        "usr:11": "did you mean 'user'",
        "user:x": "no id",
        "https://example.com/1": "no host of pixiv",
        "ranking:daily": "list",
    }.items():
        done = command("get", text)
        assert done.exit_code == 2, done.output
        assert words in done.stderr


def test_a_search_for_works_novels_and_users(command: Command, shared_server: Server) -> None:
    world = shared_server.fake.world
    tag = world.newest()[0].tags[0]
    found = [json.loads(line) for line in command("search", tag, "--json").stdout.splitlines()]
    assert found
    assert all(tag in {one["name"] for one in work["tags"]} for work in found)
    novel = next(iter(world.novels.values()))
    done = command("search", novel.tags[0], "--kind", "novel", "--limit", "2", "--json")
    assert [json.loads(line)["text_length"] for line in done.stdout.splitlines()]
    user = next(iter(world.users.values()))
    done = command("search", user.name, "--kind", "user", "--json")
    assert user.id in [json.loads(line)["user"]["id"] for line in done.stdout.splitlines()]


def test_days_and_order_of_a_search(command: Command, shared_server: Server) -> None:
    tag = shared_server.fake.world.newest()[0].tags[0]
    dates = [
        json.loads(line)["create_date"][:10]
        for line in command("search", tag, "--oldest-first", "--json").stdout.splitlines()
    ]
    assert dates == sorted(dates)
    day = dates[0]
    some = command("search", tag, "--since", day, "--until", day, "--json").stdout.splitlines()
    assert {json.loads(line)["create_date"][:10] for line in some} == {day}


def test_nothing_found_is_said_unless_quiet(command: Command) -> None:
    done = command("search", "nobody-has-this-tag")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing was found" in done.stderr
    assert command("search", "nobody-has-this-tag", "-q").stderr == ""


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("123", WorkRef(123)),
        ("https://www.pixiv.net/users/11/novels", UserRef(11, "novels")),
        ("novels:11", UserRef(11, "novels")),
        ("bookmarks:11", UserRef(11, "bookmarks/artworks")),
        ("novel-bookmarks:11", UserRef(11, "bookmarks/novels")),
        ("novel-series:7", SeriesRef(7)),
        ("novel:7", NovelRef(7)),
        ("tag:a:b", TagRef("a:b")),
        ("ranking:weekly", RankingRef("weekly")),
        ("ranking:", RankingRef()),
        ("followed:", FollowedRef()),
        ("followed:novels", FollowedRef(novels=True)),
    ],
)
def test_short_names(text: str, ref: object) -> None:
    assert read_what(text) == ref


@pytest.mark.parametrize("text", ["user:", "user:1e3", "user:" + "9" * 40, "work:0", "x:1", ""])
def test_what_is_no_short_name(text: str) -> None:
    with pytest.raises(InvalidArgument):
        read_what(text)
