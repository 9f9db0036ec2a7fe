"""What a parameter accepts, and what is said about the rest."""

from __future__ import annotations

import datetime as dt
import enum
import math
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from toy_api import Server, ToyAppApi, ToyWebApi, nobody

from pixivkit import AtMost, Between, FileSource, NotEmpty, Spelling, UploadFile
from pixivkit._core.declaration.argument_types import read_annotation
from pixivkit._core.declaration.checks import compile_check
from pixivkit.errors import InvalidArgument, PixivError

app = ToyAppApi(Server(nobody))
web = ToyWebApi(Server(nobody))

Day = dt.date | str | None


def annotated(kind: Any, markers: list[object]) -> Any:
    return Annotated[kind, *markers] if markers else kind


class Colour(enum.IntEnum):
    RED = 1


class Chunks:
    """An asynchronous iterable of bytes."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"chunk"


CHUNKS = Chunks()
MOMENT = dt.datetime(2026, 3, 9, 23, 59, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("kind", "markers", "given", "accepted"),
    [
        (int, [], 0, 0),
        (int, [], 2**63, 2**63),
        (int, [], Colour.RED, 1),
        (str, [], "", ""),
        (bool, [], False, False),
        (float, [], 1, 1),
        (float, [], -0.5, -0.5),
        (int | None, [], None, None),
        (int | None, [Between(1)], None, None),
        (int, [Between(1, 100)], 1, 1),
        (int, [Between(1, 100)], 100, 100),
        (int, [Between(high=3)], -10, -10),
        (str, [NotEmpty()], " a ", " a "),
        (Literal["a", "b"], [], "b", "b"),
        (Literal[0, 1] | None, [], 1, 1),
        (int | str, [], "5", "5"),
        (Sequence[int], [], [1, 2], (1, 2)),
        (Sequence[str], [AtMost(2)], ["a", "b"], ("a", "b")),
        (Sequence[str], [], (), ()),
        (Sequence[str] | None, [], None, None),
        (Day, [], None, None),
        (Day, [], dt.date(2026, 3, 9), dt.date(2026, 3, 9)),
        (Day, [], MOMENT, dt.date(2026, 3, 10)),
        (Day, [], MOMENT.replace(tzinfo=None), dt.date(2026, 3, 9)),
        (Day, [], "2026-03-09", dt.date(2026, 3, 9)),
        (Day, [Spelling(date="%Y%m%d")], "20260309", dt.date(2026, 3, 9)),
        (dt.date, [], MOMENT, dt.date(2026, 3, 10)),
        (FileSource, [], b"bytes", b"bytes"),
        (FileSource, [], "picture.png", "picture.png"),
        (FileSource, [], Path("picture.png"), Path("picture.png")),
        (FileSource, [], CHUNKS, CHUNKS),
        (FileSource, [], UploadFile(b"x", name="x.png"), UploadFile(b"x", name="x.png")),
    ],
)
def test_accepted(kind: Any, markers: list[object], given: object, accepted: object) -> None:
    checked = compile_check(read_annotation(annotated(kind, markers)))(given)
    assert checked == accepted
    assert hash(checked) is not None, "immutable, so that calls can be compared and kept"


@pytest.mark.parametrize(
    ("kind", "markers", "given", "said"),
    [
        (int, [], True, "must be int, not bool"),
        (int, [], "5", "must be int, not str"),
        (int, [], 5.0, "must be int, not float"),
        (int, [], None, "must be int, not NoneType"),
        (str, [], 5, "must be str, not int"),
        (str, [], b"text", "must be str, not bytes"),
        (bool, [], 1, "must be bool, not int"),
        (float, [], math.nan, "must be a finite number"),
        (float, [], math.inf, "must be a finite number"),
        (float, [], True, "must be a finite number"),
        (int, [Between(1, 100)], 0, "must be at least 1, not 0"),
        (int, [Between(1, 100)], 101, "must be at most 100, not 101"),
        (int | None, [Between(0)], -1, "must be at least 0, not -1"),
        (str, [NotEmpty()], " \t", "must not be empty"),
        (Literal["a", "b"], [], "c", "must be one of 'a', 'b', not 'c'"),
        (Literal[0, 1], [], True, "must be one of 0, 1, not True"),
        (Literal[0, 1], [], 1.0, "must be one of 0, 1, not 1.0"),
        (int | str, [], 5.5, "must be int, not float; or must be str, not float"),
        (Sequence[str], [], "text", "must be a list or tuple, not str"),
        (Sequence[str], [], b"text", "must be a list or tuple, not bytes"),
        (Sequence[str], [], {"a"}, "must be a list or tuple, not set"),
        (Sequence[int], [], [1, "2"], "must be int, not str"),
        (Sequence[str], [NotEmpty()], [], "must not be empty"),
        (Sequence[str], [AtMost(2)], ["a", "b", "c"], "at most 2, not 3"),
        (Day, [], "09.03.2026", "must be a date or text such as '2026-01-31'"),
        (Day, [], "2026-3-9", "must be spelled '2026-03-09', not '2026-3-9'"),
        (Day, [], "2026-02-30", "must be a date or text"),
        (Day, [Spelling(date="%Y%m%d")], "2026-03-09", "such as '20260131'"),
        (Day, [], 20260309, "must be a date, not int"),
        (FileSource, [], b"", "must not be an empty file"),
        (FileSource, [], UploadFile(b""), "must not be an empty file"),
        (FileSource, [], 5, "must be a path, bytes or an async iterable of bytes, not int"),
        (FileSource, [], UploadFile([b"x"]), "must be a path, bytes or an async"),  # type: ignore[arg-type]
    ],
)
def test_refused(kind: Any, markers: list[object], given: object, said: str) -> None:
    with pytest.raises(ValueError) as caught:
        compile_check(read_annotation(annotated(kind, markers)))(given)
    assert said in str(caught.value)


class TestCalls:
    """The same, as a caller meets it: when the call is made, before anything is sent."""

    def test_the_error_names_endpoint_and_parameter(self) -> None:
        with pytest.raises(InvalidArgument, match="p: must be at least 1") as caught:
            web.by_more(p=0)
        assert caught.value.endpoint == "web.toy.by_more"
        assert isinstance(caught.value, PixivError) and isinstance(caught.value, ValueError)

    @pytest.mark.parametrize(
        ("args", "kwargs"),
        [((), {}), ((1, 2), {}), ((1,), {"nope": 1}), ((1,), {"thing_id": 1})],
    )
    def test_what_does_not_fit_the_signature_is_a_type_error(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        with pytest.raises(TypeError, match=r"app\.toy\.picked"):
            _ = app.picked(*args, **kwargs)

    def test_optional_parameters_go_by_name(self) -> None:
        save: Any = app.save
        with pytest.raises(TypeError):
            save("title", ["tag"])

    def test_a_secret_is_not_quoted(self) -> None:
        secret: Any = b"hunter2"
        with pytest.raises(InvalidArgument) as caught:
            _ = app.open(secret)
        assert "hunter2" not in str(caught.value)

    def test_later_changes_of_a_list_do_not_reach_the_call(self) -> None:
        tags = ["first"]
        call = app.save("title", tags=tags)
        tags.append("second")
        assert call.request.named["tags"] == ("first",)

    def test_a_list_and_a_tuple_make_equal_calls(self) -> None:
        assert app.save("title", tags=["a"]) == app.save("title", tags=("a",))

    def test_a_date_and_its_spelling_make_equal_calls(self) -> None:
        assert web.found("a", "b", day="20260310") == web.found("a", "b", day=MOMENT)
