"""What was stored comes back: replies by the name of their endpoint, models by their class."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import anyio
import attrs
import pytest
from support.each import for_each
from works import app_illust, app_novel, web_detail, web_thumb

from pixivkit import Journal, Reply, structure
from pixivkit.errors import (
    ApiError,
    DecodeError,
    InvalidArgument,
    NotFound,
    RateLimited,
    Restricted,
)
from pixivkit.journal import Recorded
from pixivkit.models.app import Illust, UserIllustList
from pixivkit.models.base import Model
from pixivkit.registry import built_in_endpoints
from pixivkit.sinks import JsonLines, SQLite, row_of
from pixivkit.testing import FakePixiv

WORKS: list[Model] = [
    app_illust(), app_novel(), web_thumb(), web_detail(),
    app_illust(title=5, tags=[{"name": "a"}, 7]),
]  # fmt: skip
ENDPOINTS = built_in_endpoints()
APP_ERROR = {"error": {"message": "Rate Limit", "user_message": "", "reason": ""}}
WEB_ERROR = {
    "error": True,
    "message": "該当作品は削除されたか、存在しない作品IDです。",
    "body": [],
}


@pytest.mark.parametrize("work", WORKS, ids=lambda work: type(work).__name__)
def test_a_row_is_its_model_again(work: Model) -> None:
    row = row_of(work)
    assert structure(type(work), row.json) == work
    assert structure(row.model, row.json) == work
    assert structure(type(work), json.dumps(row.json)) == work


def test_what_sinks_wrote_is_read(tmp_path: Path) -> None:
    async def write() -> None:
        async with JsonLines(tmp_path / "works.jsonl") as lines, SQLite(tmp_path / "db") as table:
            for sink in (lines, table):
                await sink.write_many(WORKS)

    anyio.run(write)
    text = (tmp_path / "works.jsonl").read_text("utf-8").rstrip("\n")
    rows = [json.loads(line) for line in text.split("\n")]
    assert [structure(row["model"], row["json"]) for row in rows] == WORKS
    with contextlib.closing(sqlite3.connect(tmp_path / "db")) as table:
        columns = table.execute("SELECT model, json FROM works").fetchall()
    assert columns
    assert all(structure(model, column) in WORKS for model, column in columns)


def test_a_class_gives_that_class() -> None:
    work = structure(Illust, {"id": 1, "title": "x"})
    assert isinstance(work, Illust)
    with pytest.raises(DecodeError, match=r"\$\.title"):
        structure(Illust, {"id": 1, "title": 5}, strict=True)
    with pytest.raises(DecodeError, match="not JSON"):
        structure(Illust, "{")
    with pytest.raises(InvalidArgument):
        structure("app.Nothing", {})
    with pytest.raises(InvalidArgument):
        structure("nothing.illust.detail", {})


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("app.illust.detial", "app.illust.detail"),
        ("web.users.detail", "web.user.detail"),
        ("app.Ilust", "app.Illust"),
    ],
)
def test_a_name_with_a_mistake_says_which_is_meant(name: str, meant: str) -> None:
    with pytest.raises(InvalidArgument, match=f"{name!r}.*; did you mean {meant!r}"):
        structure(name, {})


def test_a_record_of_an_endpoint_that_got_another_name_says_which(tmp_path: Path) -> None:
    async def recorded() -> Recorded:
        async with FakePixiv().client() as px, Journal(tmp_path / "run.db") as journal:
            request = px.app.illust.detail(1).request
            old = attrs.evolve(request, endpoint=attrs.evolve(request.endpoint, name="app.ilust"))
            await journal.record_reply(old, Reply(200, {}, {"illust": {"id": 1}}))
            (found,) = [one async for one in journal]
            with pytest.raises(InvalidArgument, match="did you mean"):
                px.call(found.endpoint, **found.arguments)
            return found

    found = anyio.run(recorded)
    with pytest.raises(InvalidArgument, match=r"'app\.ilust'.*did you mean"):
        structure(found.endpoint, found.json)


def test_the_text_of_a_reply_is_read_as_well() -> None:
    body = {"illust": {"id": 1, "title": "x"}}
    for text in (json.dumps(body), json.dumps(body).encode()):
        assert structure("app.illust.detail", text) == structure("app.illust.detail", body)
    with pytest.raises(DecodeError, match="not JSON") as caught:
        structure("app.illust.detail", "<html>")
    assert caught.value.endpoint == "app.illust.detail"


@pytest.mark.parametrize("body", [APP_ERROR, WEB_ERROR], ids=["app", "web"])
@for_each("name", [endpoint.name for endpoint in ENDPOINTS])
def test_an_error_body_is_never_a_result(name: str, body: Any) -> None:
    with pytest.raises(ApiError) as caught:
        structure(name, body)
    assert caught.value.endpoint == name


def test_it_is_the_error_that_the_client_raises() -> None:
    with pytest.raises(RateLimited):
        structure("app.user.illusts", APP_ERROR)
    with pytest.raises(NotFound):
        structure("web.illust.detail", WEB_ERROR)
    with pytest.raises(Restricted):
        structure("web.ranking", {"error": "閲覧できません"})
    with pytest.raises(ApiError):
        structure(UserIllustList, APP_ERROR)
