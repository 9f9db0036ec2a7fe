"""What annotations say: each is read once, or refused."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import AsyncIterable, Sequence
from typing import Annotated, Any, Literal, Union

import pytest

from pixivkit import AtMost, Between, FileSource, Meaning, NotEmpty, Spelling, UploadFile
from pixivkit._core.declaration.argument_types import (
    AnyOf,
    ArgumentType,
    Choice,
    Day,
    File,
    Flag,
    Kind,
    ListOf,
    Number,
    Text,
    read_annotation,
)

Count = Annotated[int, Between(0), Meaning("How many.")]


class Colour(enum.Enum):
    RED = 1


@pytest.mark.parametrize(
    ("annotation", "kind", "optional"),
    [
        (str, Text(), False),
        (bool, Flag(), False),
        (int, Number(whole=True), False),
        (float, Number(whole=False), False),
        (dt.date, Day(or_text=False), False),
        (dt.date | str, Day(or_text=True), False),
        (str | dt.date | None, Day(or_text=True), True),
        (Literal["a", 1], Choice(("a", 1)), False),
        (Literal["a"] | None, Choice(("a",)), True),
        (FileSource, File(), False),
        (FileSource | None, File(), True),
        (Union[int, None], Number(whole=True), True),  # noqa: UP007
        (Sequence[str], ListOf(ArgumentType(Text())), False),
        (Sequence[FileSource] | None, ListOf(ArgumentType(File())), True),
        (Sequence[dt.date | str], ListOf(ArgumentType(Day(or_text=True))), False),
        (
            int | Literal["all"],
            AnyOf((ArgumentType(Number(whole=True)), ArgumentType(Choice(("all",))))),
            False,
        ),
    ],
)
def test_types(annotation: Any, kind: Kind, optional: bool) -> None:
    assert read_annotation(annotation) == ArgumentType(kind, optional)


class TestMarkers:
    def test_they_narrow_spell_and_explain(self) -> None:
        read = read_annotation(Annotated[str, NotEmpty(), Spelling("wordS"), Meaning("Words.")])
        assert read.rules == (NotEmpty(),)
        assert read.wire == Spelling("wordS")
        assert read.meaning == Meaning("Words.")

    def test_none_beside_a_shared_type_changes_nothing_else(self) -> None:
        assert read_annotation(Count | None) == ArgumentType(
            Number(whole=True), True, (Between(0),), meaning=Meaning("How many.")
        )

    def test_a_shared_type_can_be_given_more(self) -> None:
        read = read_annotation(
            Annotated[Count | None, Between(high=9), Spelling("c"), Meaning("So.")]
        )
        assert read.rules == (Between(0), Between(high=9))
        assert (read.wire, read.meaning) == (Spelling("c"), Meaning("So."))

    def test_those_of_items_stay_with_them(self) -> None:
        read = read_annotation(Annotated[Sequence[Count], AtMost(3)])
        assert isinstance(read.kind, ListOf)
        assert read.kind.item.rules == (Between(0),)
        assert (read.rules, read.meaning) == ((AtMost(3),), None)

    def test_what_others_put_there_is_not_ours(self) -> None:
        assert read_annotation(Annotated[int, "a note"]) == ArgumentType(Number(whole=True))


@pytest.mark.parametrize(
    "annotation",
    [
        bytes,
        object,
        Any,
        None,
        Colour,
        dt.datetime,
        list[int],
        dict[str, int],
        Sequence,
        Sequence[Sequence[int]],
        Sequence[int | None],
        Sequence[int] | str,
        AsyncIterable[bytes],
        bytes | UploadFile,
        Literal[Colour.RED],
        Literal[b"a"],
        Annotated[bytes, NotEmpty()],
    ],
)
def test_any_other_is_refused(annotation: Any) -> None:
    with pytest.raises(TypeError):
        read_annotation(annotation)
