# mypy: disable-error-code="empty-body"
"""One annotation, four readers: command line, request, fake pixiv and OpenAPI agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl

import click
import pytest

from pixivkit import (
    APP,
    REGISTRY,
    Api,
    Auth,
    Between,
    Call,
    FileSource,
    NotEmpty,
    Request,
    Spelling,
    endpoint_of,
    get,
    post,
)
from pixivkit._core.calls.encode import encode
from pixivkit.cli.values import read_arguments
from pixivkit.models.app import Illust
from pixivkit.openapi.parameters import parameters, request_body
from pixivkit.testing import ReceivedFile, ReceivedRequest
from pixivkit.testing.decode import decode

Count = Annotated[int, Between(1, 9)]


class OddApi(Api, base=APP, resource="odd", auth=Auth.NONE):
    """Parameters of every type."""

    @get("/v1/odd")
    def all(
        self,
        *,
        day: Annotated[dt.date | None, Spelling(date="%d.%m.%Y")] = None,
        spelled: Annotated[dt.date | str | None, Spelling(date="%Y%m")] = None,
        either: Count | Literal["all"] | None = None,
        counts: Annotated[Sequence[Count], Spelling("counts[]")] = (),
        ratio: float | None = None,
        flag: bool | None = None,
        digit: Annotated[bool | None, Spelling(digit=True)] = None,
        words: Annotated[str | None, NotEmpty()] = None,
    ) -> Call[Illust]: ...

    @post("/v1/odd/file", body="multipart")
    def file(self, picture: FileSource) -> Call[Illust]: ...


ALL, FILE = endpoint_of(OddApi.all), endpoint_of(OddApi.file)
for made in (ALL, FILE):
    del REGISTRY[made.name]


def received(
    query: list[tuple[str, str]], files: tuple[ReceivedFile, ...] = ()
) -> ReceivedRequest:
    return ReceivedRequest(
        endpoint="", method="GET", url="", headers={}, query=tuple(query), files=files
    )


@pytest.mark.parametrize(
    ("typed", "value", "sent", "name"),
    [
        ("2026-03-09", dt.date(2026, 3, 9), "09.03.2026", "day"),
        ("202603", dt.date(2026, 3, 1), "202603", "spelled"),
        ("all", "all", "all", "either"),
        ("7", 7, "7", "either"),
        ("-0.5", -0.5, "-0.5", "ratio"),
        ("true", True, "true", "flag"),
        ("true", True, "1", "digit"),
        ("a b", "a b", "a b", "words"),
    ],
)
def test_what_is_typed_is_sent_and_understood(
    typed: str, value: object, sent: str, name: str
) -> None:
    bound = ALL.bind(**read_arguments(ALL, [f"{name}={typed}"]))
    request = Request(ALL, bound)
    assert request.named[name] == value
    query = parse_qsl(encode(request).target.partition("?")[2], keep_blank_values=True)
    assert query == [(name, sent)]
    understood, problems = decode(ALL, received(query), {})
    assert problems == {}
    assert understood[name] == value


@pytest.mark.parametrize(
    ("pair", "typed_wrong", "received_wrong"),
    [
        (
            "day=tomorrow",
            "day: must be a date such as 2026-01-31",
            "day must be a date such as 31.01.2026",
        ),
        ("either=12", "either: must be at most 9, not 12; or must be one of", "either must be"),
        ("either=most", "either: must be a whole number; or must be one of all", "either must be"),
        ("ratio=wide", "ratio: must be a number", "ratio must be a number"),
        ("flag=yes", "flag: must be true or false", "flag must be true or false"),
        ("digit=true", "", "digit must be 1 or 0"),
        ("words= ", "words: must not be empty", "words must not be empty"),
    ],
)
def test_what_is_wrong_is_refused_by_all(pair: str, typed_wrong: str, received_wrong: str) -> None:
    name, _, text = pair.partition("=")
    if typed_wrong:
        with pytest.raises((click.UsageError, ValueError), match=typed_wrong):
            ALL.bind(**read_arguments(ALL, [pair]))
    _, problems = decode(ALL, received([(name, text)]), {})
    (said,) = problems[name]
    assert said.startswith(received_wrong)


def test_items_of_a_list_are_narrowed_too() -> None:
    bound = ALL.bind(**read_arguments(ALL, ["counts=1", "counts=9"]))
    query = parse_qsl(encode(Request(ALL, bound)).target.partition("?")[2])
    assert query == [("counts[]", "1"), ("counts[]", "9")]
    assert decode(ALL, received(query), {})[0]["counts"] == [1, 9]
    assert decode(ALL, received([("counts[]", "10")]), {})[1]["counts[]"]
    with pytest.raises(ValueError, match="counts: must be at most 9, not 10"):
        ALL.bind(counts=[10])


@pytest.mark.parametrize("name", ["day", "spelled", "either", "ratio", "flag"])
def test_an_empty_value_is_none_where_it_may_be(name: str) -> None:
    assert read_arguments(ALL, [f"{name}="]) == {name: None}


def test_one_file() -> None:
    request = Request(FILE, FILE.bind(**read_arguments(FILE, ["picture=a.png"])))
    (part,) = encode(request).files
    assert (part.field, part.file) == ("picture", "a.png")
    files = (ReceivedFile("picture", "a.png", "image/png", b"content"),)
    assert decode(FILE, received([], files), {}) == ({"picture": b"content"}, {})
    assert decode(FILE, received([]), {})[1] == {"picture": ["picture is required"]}


def test_openapi_says_the_same() -> None:
    schemas: dict[str, Any] = {p["name"]: p["schema"] for p in parameters(ALL, {})}
    assert schemas == {
        "day": {
            "type": "string",
            "pattern": "^(0[1-9]|[12][0-9]|3[01]).(0[1-9]|1[0-2]).[12][0-9]{3}$",
        },
        "spelled": {"type": "string", "pattern": "^[12][0-9]{3}(0[1-9]|1[0-2])$"},
        "either": {
            "anyOf": [
                {"type": "integer", "format": "int64", "minimum": 1, "maximum": 9},
                {"type": "string", "enum": ["all"]},
            ]
        },
        "counts[]": {
            "type": "array",
            "items": {"type": "integer", "format": "int64", "minimum": 1, "maximum": 9},
            "default": [],
        },
        "ratio": {"type": "number"},
        "flag": {"type": "boolean"},
        "digit": {"type": "integer", "enum": [0, 1]},
        "words": {"type": "string", "minLength": 1},
    }
    body: Any = request_body(FILE, {})
    fields = body["content"]["multipart/form-data"]["schema"]["properties"]
    assert fields == {"picture": {"type": "string", "format": "binary", "minLength": 1}}
