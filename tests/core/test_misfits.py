"""What does not fit leaves its field, is kept by the nearest model, and comes back."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_structure import JSON, KINDS, Kinds, call_and_reply, each_example, few

from pixivkit import structure, unstructure
from pixivkit._core.calls import structure as structuring
from pixivkit.errors import DecodeError
from pixivkit.examples import Example
from pixivkit.models.app import Illust, IllustList, Novel
from pixivkit.models.web import (
    AdContainer,
    IllustDetail,
    IllustThumb,
    PickedMangaSeries,
    PickedNovel,
    PickedNovelSeries,
    Pickup,
    ProfileAll,
    SearchArtworks,
)


def stored(model: object) -> Any:
    """What a cache holds of *model*."""
    return orjson.loads(orjson.dumps(unstructure(model), option=orjson.OPT_NON_STR_KEYS))


class TestWhereItIsKept:
    def test_a_field(self) -> None:
        work = structure(Illust, {"id": 1, "title": 5, "total_view": "many", "width": "wide"})
        assert (work.title, work.total_view, work.width) == ("", None, 0)
        assert work.misfits == {"title": 5, "total_view": "many", "width": "wide"}
        assert work.extra == {}

    def test_the_nearest_model_keeps_it(self) -> None:
        work = structure(Illust, {"id": 1, "user": {"id": 2, "name": ["x"]}, "new": 1})
        assert work.user.id == 2
        assert work.user.misfits == {"name": ["x"]}
        assert (work.misfits, work.extra) == ({}, {"new": 1})

    def test_a_model_without_its_core_does_not_fit_itself(self) -> None:
        work = structure(Illust, {"id": 1, "user": {"name": "no id"}})
        assert work.user.id == 0
        assert work.misfits == {"user": {"name": "no id"}}

    def test_an_element_of_a_list(self) -> None:
        tags = [7, {"name": "a"}, {"name": 5}, None, {"name": "b"}]
        work = structure(Illust, {"id": 1, "tags": tags})
        assert [tag.name for tag in work.tags] == ["a", "", "b"]
        assert work.tags[1].misfits == {"name": 5}
        assert work.misfits == {"tags[0]": 7, "tags[3]": None}
        assert [tag if isinstance(tag, int) or tag is None else tag["name"] for tag in
                unstructure(work)["tags"]] == [7, "a", 5, None, "b"]  # fmt: skip

    def test_an_element_of_a_map_and_its_key(self) -> None:
        works = {"12": {"id": "12"}, "x": {"id": "13"}, "14": "text"}
        body = {"error": False, "body": {"works": works}}
        found = structure("web.user.profile_illusts", body)
        assert list(found.works) == [12]
        assert found.misfits == {"works['x']": {"id": "13"}, "works['14']": "text"}
        assert stored(found)["works"]["x"] == {"id": "13"}
        assert stored(found)["works"]["14"] == "text"

    def test_deep_in_lists_of_a_map(self) -> None:
        body = {"error": False, "body": {"works": [], "bookmarkTags": {"5": ["a", 7, "b"]}}}
        found = structure("web.user.bookmarks_illust", body)
        assert found.bookmark_tags == {5: ["a", "b"]}
        assert found.misfits == {"bookmarkTags['5'][1]": 7}
        assert stored(found)["bookmarkTags"] == {"5": ["a", 7, "b"]}

    def test_an_item_taken_out_of_its_page_has_it_still(self) -> None:
        page = structure("app.search.illust", {"illusts": [{"id": 1, "caption": {"html": "x"}}]})
        (work,) = page.illusts
        assert unstructure(work)["caption"] == {"html": "x"}
        assert copy.deepcopy(work) == pickle.loads(pickle.dumps(work)) == work

    def test_items_without_their_core_are_kept_by_the_body(self) -> None:
        items = [{"id": 1}, {"id": "x"}, 5]
        page: IllustList = structure("app.illust.ranking", {"illusts": items})
        assert [work.id for work in page.illusts] == [1]
        assert page.misfits == {"illusts[1]": {"id": "x"}, "illusts[2]": 5}

    def test_a_list_that_no_model_holds_is_refused(self) -> None:
        with pytest.raises(DecodeError, match=r"\$\.body\[1\]: expected dict, got int"):
            structure("web.illust.pages", {"error": False, "body": [{"width": 1}, 5]})


@few
@given(json=st.one_of(KINDS, st.fixed_dictionaries({"id": st.integers()}, optional={
    "words": JSON, "leaves": JSON, "either": JSON, "inner": JSON, "by_name": JSON, "leaf": JSON,
})))  # fmt: skip
def test_it_comes_back_and_is_found_again(json: Any) -> None:
    try:
        made = structure(Kinds, copy.deepcopy(json))
    except DecodeError:
        return
    again = unstructure(made)
    assert structure(Kinds, again) == made
    for place, raw in made.misfits.items():
        if place in json:
            assert again[place] == json[place] == raw


@each_example
def test_what_fits_is_read_once(one: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    def lenient(*_: object) -> object:
        raise AssertionError("a reply without a fault was walked with care")

    monkeypatch.setattr(structuring, "from_json_leniently", lenient)
    endpoint, arguments, body = call_and_reply(one)
    structure(endpoint.name, body, **arguments)


class TestStrict:
    def test_the_error_holds_no_value(self) -> None:
        for strict in (True, False):
            with pytest.raises(DecodeError) as caught:
                structure(Illust, {"id": "secret"}, strict=strict)
            assert caught.value.__context__ is caught.value.__cause__ is None
            assert "secret" not in repr(caught.value)

    def test_every_path_is_said(self) -> None:
        body = {"illusts": [{"id": 1, "title": 5}, {"id": "x"}], "next_url": 7}
        with pytest.raises(DecodeError) as caught:
            structure("app.search.illust", body, strict=True)
        assert caught.value.problems == [
            "$.illusts[0].title: expected str, got int",
            "$.illusts[1].id: expected int, got str",
            "$.next_url: expected str, got int",
        ]


class TestNothing:
    """PHP's ways to say nothing, and what is an answer."""

    @pytest.mark.parametrize("nothing", ["", False, [], {}, None])
    @pytest.mark.parametrize("key", ["total_view", "width", "create_date", "user", "meta_pages"])
    def test_it_is_as_good_as_a_missing_key(self, key: str, nothing: object) -> None:
        work = structure(Illust, {"id": 1, key: nothing}, strict=True)
        assert work == Illust(id=1)
        assert work.misfits == {}

    @pytest.mark.parametrize(
        ("value", "read"), [(0, False), (1, True), (False, False), ("", None)]
    )
    def test_0_and_1_are_no_and_yes(self, value: object, read: bool | None) -> None:
        work = structure(Illust, {"id": 1, "is_bookmarked": value}, strict=True)
        assert work.is_bookmarked is read

    def test_2_is_neither(self) -> None:
        work = structure(Illust, {"id": 1, "is_bookmarked": 2})
        assert work.is_bookmarked is None
        assert work.misfits == {"is_bookmarked": 2}

    def test_what_pixiv_did_not_say_is_not_safe(self) -> None:
        silent: tuple[Any, ...] = (
            structure(Illust, {"id": 1}),
            structure(Novel, {"id": 1}),
            structure(IllustThumb, {"id": 1}),
            structure(IllustDetail, {"id": 1}),
        )
        for work in silent:
            assert work.x_restrict is None
            assert getattr(work, "is_original", None) is None
            assert getattr(work, "total_bookmarks", None) is None
            assert getattr(work, "bookmark_count", None) is None
            assert work.page_count == 0


class TestStates:
    def test_an_author_that_is_not_understood_is_not_gone(self) -> None:
        odd: dict[str, object] = {"id": 1, "user": "somebody"}
        gone: dict[str, object] = {"id": 1, "user": {"id": 0}}
        assert structure(Illust, odd).availability == "available"
        assert structure(Novel, odd).availability == "available"
        assert structure(Illust, gone).availability == "deleted"
        assert structure(Novel, gone).availability == "deleted"

    def test_a_work_is_visible_unless_pixiv_says_no(self) -> None:
        work = {"id": 1, "user": {"id": 2}}
        assert structure(Illust, {**work, "visible": "perhaps"}).availability == "available"
        assert structure(Illust, {**work, "visible": 0}).availability == "unknown_limit"


class TestKnownDrift:
    @pytest.mark.parametrize("banners", [[], [{"url": "x"}], {"3": {"url": "x"}}])
    def test_contest_banners_come_both_ways(self, banners: object) -> None:
        work = structure(IllustDetail, {"id": 1, "contestBanners": banners}, strict=True)
        assert work.contest_banners == banners

    def test_pickup_holds_works_and_series_of_every_kind(self) -> None:
        picked: list[dict[str, object]] = [
            {"id": "1", "type": "illust", "illustType": 0, "xRestrict": 1},
            {"id": "2", "type": "novel", "textCount": 300, "wordCount": 100},
            {"id": "3", "type": "novelSeries", "publishedContentCount": 4},
            {"id": "4", "type": "mangaSeries", "firstIllustId": "5", "total": 2},
            {"type": "fanbox", "userName": "somebody", "contentUrl": "https://example.com"},
        ]
        profile = structure(ProfileAll, {"pickup": picked}, strict=True)
        kinds = [IllustThumb, PickedNovel, PickedNovelSeries, PickedMangaSeries, Pickup]
        assert [type(one) for one in profile.pickup] == kinds

    def test_a_work_without_an_id_is_no_advertisement(self) -> None:
        data = [{"id": "1"}, {"isAdContainer": True}, {"title": "no id"}]
        found = structure(SearchArtworks, {"illustManga": {"data": data}}).illust_manga
        assert [type(one) for one in found.data] == [IllustThumb, AdContainer]
        assert found.misfits == {"data[2]": {"title": "no id"}}
