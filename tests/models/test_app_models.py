"""The models of the App API: what they derive, and what they survive."""

from __future__ import annotations

import datetime as dt
import pickle
import typing
from typing import Any, get_args, get_origin

import attrs
import pytest
from support.each import for_each

from pixivkit import structure, unstructure
from pixivkit._core.calls.structure import structure_as
from pixivkit._core.structuring.model_fields import ModelField, model_fields
from pixivkit.errors import DecodeError
from pixivkit.models import app
from pixivkit.models.app import Availability, Comment, Illust, Novel, Token, UgoiraMetadata, User
from pixivkit.models.base import Model

Json = dict[str, Any]

MODELS: list[type[Model]] = [
    kind
    for kind in (getattr(app, name) for name in app.__all__)
    if isinstance(kind, type) and issubclass(kind, Model)
]
FIELDS = [(model, field) for model in MODELS for field in model_fields(model)]

CORE = {
    "Comment.id",
    "Emoji.id",
    "Illust.id",
    "IllustSeriesDetail.id",
    "Info.id",
    "InfoCategory.category_id",
    "Live.id",
    "Notification.id",
    "NotificationType.id",
    "Novel.id",
    "NovelCover.id",
    "NovelDraft.novel_draft_id",
    "NovelDraftPreview.novel_draft_id",
    "NovelDraftUpload.novel_draft_id",
    "NovelSeriesDetail.id",
    "NovelText.id",
    "NovelUpload.novel_id",
    "ReportTopic.topic_id",
    "SearchGenre.id",
    "SpotlightArticle.id",
    "TokenUser.id",
    "User.id",
    "WatchedSeries.id",
}

SCALARS: dict[Any, object] = {
    str: "text",
    int: 7,
    bool: True,
    dt.datetime: "2026-04-02T20:15:30+09:00",
    object: {"any": ["thing"]},
}

UNKNOWN: dict[Any, object] = {str: "never_seen_before", int: 4096, bool: False}


def name_of(field: tuple[type[Model], ModelField]) -> str:
    return f"{field[0].__name__}.{field[1].key}"


def leaf(kind: Any) -> Any:
    """The type at the bottom of an optional, a list or a map."""
    while inner := [arg for arg in get_args(kind) if arg is not type(None)]:
        kind = inner[-1]
    return kind


def is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


SINGLE = [field for field in FIELDS if get_origin(field[1].kind) not in (list, dict)]
OPEN_FIELDS = [field for field in SINGLE if leaf(field[1].kind) in UNKNOWN]
OBJECT_FIELDS = [field for field in SINGLE if is_model(leaf(field[1].kind))]

each_model = for_each("model", MODELS, lambda model: model.__name__)
each_field = for_each("model, field", FIELDS, name_of)
each_typed_field = for_each(
    "model, field", [field for field in FIELDS if leaf(field[1].kind) is not object], name_of
)


def sample(model: type[Model], depth: int = 0) -> Json:
    """JSON for *model* with every field, down to where it holds itself."""
    return {field.key: value(field.kind, depth) for field in model_fields(model)}


def value(kind: Any, depth: int) -> object:
    if kind in SCALARS:
        return SCALARS[kind]
    if get_origin(kind) is list:
        return [value(get_args(kind)[0], depth)]
    if get_origin(kind) is dict:
        return {"12": value(get_args(kind)[-1], depth)}
    if is_model(kind):
        return sample(kind, depth + 1)
    inner = next(arg for arg in get_args(kind) if arg is not type(None))
    if depth > 4:
        return None
    return value(inner, depth)


# Every field of every model.


def test_the_core_is_the_ids() -> None:
    assert {name_of(field) for field in FIELDS if field[1].required} == CORE


def test_nothing_is_a_bare_dict() -> None:
    """But for what only pixiv knows the shape of."""
    bare = {name_of(field) for field in FIELDS if leaf(field[1].kind) in (object, Any, dict, list)}
    assert bare == {"Home.next_params", "Home.states", "LiveList.live_info"}


@each_model
def test_every_field_is_read_and_written(model: type[Model]) -> None:
    json = sample(model)
    made = structure_as(model, json)
    assert unstructure(made) == json
    assert not made.extra


@pytest.mark.parametrize("null", [False, True], ids=["dropped", "nulled"])
@each_field
def test_a_missing_field(model: type[Model], field: ModelField, null: bool) -> None:
    json = sample(model)
    del json[field.key]
    if null:
        json[field.key] = None
    if field.required:
        with pytest.raises(DecodeError, match=rf"\$\.{field.key}: missing"):
            structure_as(model, json)
    else:
        assert getattr(structure_as(model, json), field.name) == field.default()


@each_field
def test_an_unknown_neighbour(model: type[Model], field: ModelField) -> None:
    json = {**sample(model), f"{field.key}_2030": {"deep": [1, None]}}
    made = structure_as(model, json)
    assert made.extra == {f"{field.key}_2030": {"deep": [1, None]}}
    assert unstructure(made) == json


@for_each("model, field", OPEN_FIELDS, name_of)
def test_an_unknown_value(model: type[Model], field: ModelField) -> None:
    other = UNKNOWN[leaf(field.kind)]
    assert getattr(structure_as(model, {**sample(model), field.key: other}), field.name) == other


@pytest.mark.parametrize("empty", [[], {}], ids=["list", "dict"])
@for_each("model, field", OBJECT_FIELDS, name_of)
def test_php_says_an_empty_object(model: type[Model], field: ModelField, empty: object) -> None:
    json: Json = {**sample(model), field.key: empty}
    kind = leaf(field.kind)
    if field.kind is not kind:
        assert getattr(structure_as(model, json), field.name) is None
    else:
        assert getattr(structure_as(model, json), field.name) == field.default()


@each_typed_field
def test_a_wrong_type_names_its_path(model: type[Model], field: ModelField) -> None:
    wrong: object = {"a": 1} if leaf(field.kind) in SCALARS else "text"
    with pytest.raises(DecodeError, match=rf"\$\.{field.key}"):
        structure(model, {**sample(model), field.key: wrong}, strict=True)


@each_typed_field
def test_a_wrong_type_leaves_the_field_at_its_default(
    model: type[Model], field: ModelField
) -> None:
    wrong: object = {"a": 1} if leaf(field.kind) in SCALARS else "text"
    json = {**sample(model), field.key: wrong}
    if field.required:
        with pytest.raises(DecodeError, match=rf"\$\.{field.key}"):
            structure(model, json)
        return
    made = structure(model, json)
    assert getattr(made, field.name) == field.default()
    assert made.misfits == {field.key: wrong}
    assert made.extra == {}
    assert unstructure(made) == json
    rest = {key: value for key, value in json.items() if key != field.key}
    assert attrs.evolve(made, extra=None) == structure(model, rest)


@each_model
def test_models_pickle(model: type[Model]) -> None:
    made = structure_as(model, {**sample(model), "extra_2030": [1]})
    again = pickle.loads(pickle.dumps(made))
    assert again == made
    assert again.extra == {"extra_2030": [1]}


@each_model
def test_models_have_slots(model: type[Model]) -> None:
    assert not hasattr(structure_as(model, sample(model)), "__dict__")


# Stubs of works that cannot be seen.

LIMIT = "https://s.pximg.net/common/images/limit_{}_360.png"


def illust_stub(picture: str, *, user_id: int = 71, visible: bool = False) -> Json:
    return {
        "id": 5550100,
        "title": "",
        "type": "illust",
        "image_urls": {"square_medium": picture, "medium": picture, "large": picture},
        "caption": "",
        "restrict": 0,
        "user": {
            "id": user_id,
            "name": "",
            "account": "",
            "profile_image_urls": {"medium": "https://s.pximg.net/common/images/no_profile.png"},
        },
        "tags": [],
        "tools": [],
        "create_date": "2026-01-31T12:00:00+09:00",
        "page_count": 1,
        "width": 100,
        "height": 100,
        "series": None,
        "meta_single_page": {"original_image_url": picture},
        "meta_pages": [],
        "visible": visible,
    }


def real(page: int = 0) -> str:
    return f"https://i.pximg.net/img-original/img/2026/01/31/12/00/00/5550100_p{page}.png"


STUBS: list[tuple[str, Json, Availability]] = [
    ("sanity", illust_stub(LIMIT.format("sanity_level")), "sanity_limited"),
    ("mypixiv", illust_stub(LIMIT.format("mypixiv")), "mypixiv_only"),
    ("mypixiv without user", illust_stub(LIMIT.format("mypixiv"), user_id=0), "mypixiv_only"),
    ("r18", illust_stub(LIMIT.format("r18")), "r18_limited"),
    ("r18g", illust_stub(LIMIT.format("r18g")), "r18_limited"),
    ("other size", illust_stub(LIMIT.format("r18").replace("360", "100")), "r18_limited"),
    ("letter size", illust_stub(LIMIT.format("mypixiv").replace("360", "s")), "mypixiv_only"),
    ("no size", illust_stub(LIMIT.format("unviewable").replace("_360", "")), "unviewable"),
    ("query", illust_stub(LIMIT.format("sanity_level") + "?20260131"), "sanity_limited"),
    ("unviewable", illust_stub(LIMIT.format("unviewable")), "unviewable"),
    ("user gone", illust_stub(LIMIT.format("unknown"), user_id=0), "deleted"),
    ("user gone, no mark", illust_stub(real(), user_id=0, visible=True), "deleted"),
    ("unknown", illust_stub(LIMIT.format("unknown")), "unknown_limit"),
    ("newer", illust_stub(LIMIT.format("of_2030")), "unknown_limit"),
    ("newer, said visible", illust_stub(LIMIT.format("moon"), visible=True), "unknown_limit"),
    ("invisible, no mark", illust_stub(real()), "unknown_limit"),
]


@pytest.mark.parametrize(
    ("stub", "availability"), [stub[1:] for stub in STUBS], ids=[stub[0] for stub in STUBS]
)
def test_a_stub_says_why(stub: Json, availability: Availability) -> None:
    illust: Illust = structure_as(Illust, stub)
    assert illust.availability == availability
    assert illust.original_urls == []
    assert illust.user.is_followed is None


def test_every_availability_is_tested() -> None:
    assert {stub[2] for stub in STUBS} | {"available"} == set(get_args(Availability))


def test_a_mark_in_the_original_alone_is_enough() -> None:
    stub = illust_stub(real(), visible=True)
    stub["meta_single_page"] = {"original_image_url": LIMIT.format("sanity_level")}
    assert structure_as(Illust, stub).availability == "sanity_limited"
    stub["meta_single_page"] = {}
    stub["meta_pages"] = [{"image_urls": {"original": LIMIT.format("mypixiv")}}]
    assert structure_as(Illust, stub).availability == "mypixiv_only"


def test_a_title_that_looks_like_a_mark_is_none() -> None:
    work = illust_stub(real(), visible=True) | {"title": LIMIT.format("r18")}
    assert structure_as(Illust, work).availability == "available"


def test_a_novel_stub_says_why() -> None:
    def novel(picture: str, **more: Any) -> Novel:
        json = {"id": 1, "image_urls": {"medium": picture}, "user": {"id": 71}, **more}
        return typing.cast("Novel", structure_as(Novel, json))

    assert novel("https://i.pximg.net/c/600x600/novel-cover-master/x.jpg").availability == (
        "available"
    )
    assert novel(LIMIT.format("r18").replace("360", "100")).availability == "r18_limited"
    assert novel("", visible=False).availability == "unknown_limit"
    assert novel("", user={"id": 0}).availability == "deleted"


# Originals.


def test_the_original_of_a_single_page() -> None:
    illust: Illust = structure_as(Illust, illust_stub(real(), visible=True))
    assert illust.availability == "available"
    assert illust.original_urls == [real()]


def test_the_originals_of_several_pages_in_order() -> None:
    work = illust_stub(real(), visible=True)
    work["meta_single_page"] = {}
    work["meta_pages"] = [{"image_urls": {"original": real(page)}} for page in range(3)]
    illust: Illust = structure_as(Illust, work)
    assert illust.original_urls == [real(0), real(1), real(2)]


@pytest.mark.parametrize("nothing", [None, [], {}])
def test_no_originals(nothing: object) -> None:
    work = illust_stub(real(), visible=True)
    work["meta_single_page"] = work["meta_pages"] = nothing
    assert structure_as(Illust, work).original_urls == []


# The rest of what models derive.


def test_the_duration_of_an_ugoira() -> None:
    frames = [{"file": f"{n:06}.jpg", "delay": delay} for n, delay in enumerate((120, 80, 1000))]
    ugoira: UgoiraMetadata = structure_as(UgoiraMetadata, {"frames": frames})
    assert ugoira.duration_ms == 1200
    assert structure_as(UgoiraMetadata, {}).duration_ms == 0


def test_a_reply_knows_its_parent() -> None:
    user = {"id": 71}
    reply: Comment = structure_as(
        Comment, {"id": 2, "user": user, "parent_comment": {"id": 1, "user": user}}
    )
    assert reply.parent_comment == Comment(id=1, user=User(id=71))
    assert structure_as(Comment, {"id": 2, "parent_comment": {}}).parent_comment is None


def test_a_token_is_read_from_either_place_and_shows_no_secret() -> None:
    inner = {
        "access_token": "access-secret",
        "refresh_token": "refresh-secret",
        "device_token": "device-secret",
        "user": {"id": "71", "mail_address": "somebody@example.com"},
    }
    for json in (inner, {"response": inner}, {**inner, "response": inner}):
        token: Token = structure_as(Token, json)
        assert token.grant.access_token == "access-secret"
        assert token.grant.refresh_token == "refresh-secret"
        assert token.grant.user is not None
        assert token.grant.user.id == 71
        for shown in (repr(token), str(token), repr(token.grant)):
            assert "secret" not in shown
            assert "somebody" not in shown
    empty: Token = structure_as(Token, {})
    assert empty.grant is empty


def test_an_upload_is_complete_when_pixiv_says_so() -> None:
    assert structure_as(app.UploadStatus, {"illust_id": 5, "status": "COMPLETE"}).is_complete
    assert not structure_as(app.UploadStatus, {"status": "CONVERTING"}).is_complete


def test_every_public_name_is_there() -> None:
    assert app.__all__ == sorted(app.__all__)
    assert all(hasattr(app, name) for name in app.__all__)
