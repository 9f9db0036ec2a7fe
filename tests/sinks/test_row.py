"""The columns that all sinks share."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import attrs
from works import app_illust, app_novel, make, ranked, web_detail, web_thumb, works

from pixivkit import unstructure
from pixivkit._core.basics.json_text import dump_json
from pixivkit._core.calls.structure import structure_as
from pixivkit.models.app import User
from pixivkit.models.web import AdContainer, CollectionThumb
from pixivkit.sinks import COLUMNS, row_of

POSTED = dt.datetime(2026, 1, 31, 14, 30, tzinfo=dt.UTC)


def columns(model: Any) -> dict[str, object]:
    """What is known of *model*, but for the JSON."""
    found = attrs.asdict(row_of(model), recurse=False)
    return {k: v for k, v in found.items() if v is not None and k != "json"}


def test_an_illustration_of_the_app_api() -> None:
    assert columns(app_illust()) == {
        "kind": "illust",
        "id": 9_007_199_254_740_993,
        "model": "app.Illust",
        "title": "夕暮れの街 🌆",
        "type": "manga",
        "user_id": 42,
        "user_name": "名なし\nさん",
        "created": POSTED,
        "page_count": 3,
        "x_restrict": 1,
        "ai_type": 2,
        "bookmarks": 70,
        "views": 5_000_000_000,
        "tags": ["風景", 'a "b"'],
    }


def test_a_novel_of_the_app_api() -> None:
    assert columns(app_novel()) == {
        "kind": "novel",
        "id": 11,
        "model": "app.Novel",
        "title": "A walk",
        "type": "novel",
        "user_id": 42,
        "user_name": "Nobody",
        "created": POSTED,
        "page_count": 8,
        "ai_type": 1,
        "tags": ["short"],
    }


def test_works_of_the_web_api() -> None:
    common = {
        "kind": "illust",
        "id": 12,
        "title": "Waves",
        "type": "ugoira",
        "user_id": 42,
        "user_name": "Nobody",
        "created": POSTED,
        "page_count": 1,
        "tags": ["sea", "海"],
    }
    assert columns(web_thumb()) == {**common, "model": "web.IllustThumb", "ai_type": 1}
    counts = {"bookmarks": 7, "views": 80}
    assert columns(web_detail()) == {**common, **counts, "model": "web.IllustDetail"}
    assert columns(ranked()) == {
        "kind": "illust",
        "id": 12,
        "model": "web.RankedIllust",
        "title": "Waves",
        "type": "illust",
        "user_id": 42,
        "user_name": "Nobody",
        "created": POSTED,
        "page_count": 2,
        "views": 80,
        "tags": ["sea"],
    }


def test_any_model_has_a_row() -> None:
    user = columns(make(User, {"id": 42, "name": "Nobody"}))
    assert (user["kind"], user["id"], user["model"]) == ("user", 42, "app.User")
    collection = columns(make(CollectionThumb, {"id": "1" * 25, "title": "Blue"}))
    assert (collection["kind"], collection["id"]) == ("collection_thumb", "1" * 25)
    assert columns(make(AdContainer, {})) == {"kind": "ad_container", "model": "web.AdContainer"}


def test_a_time_beyond_all_calendars_is_none() -> None:
    assert row_of(ranked(illust_upload_timestamp=2**62)).created is None


def test_where_and_when_it_was_fetched_is_kept() -> None:
    row = row_of(app_illust(), endpoint="app.illust.detail", fetched_at=POSTED)
    assert (row.endpoint, row.fetched_at) == ("app.illust.detail", POSTED)


def test_the_json_is_the_whole_model() -> None:
    for model in works():
        row = row_of(model)
        assert row.json == unstructure(model)
        assert structure_as(type(model), json.loads(dump_json(row.json))) == model
    assert list(attrs.asdict(row_of(app_illust()), recurse=False)) == [*COLUMNS]
