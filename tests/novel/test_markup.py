"""Pixiv's markup as nodes."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from support.each import for_each
from support.novels import NOVELS

from pixivkit.novel import (
    ChapterTitle,
    Jump,
    JumpUri,
    NewPage,
    Node,
    PixivImage,
    Ruby,
    Text,
    UploadedImage,
    parse_markup,
)


def rebuilt(nodes: list[Node]) -> str:
    return "".join(map(str, nodes))


KNOWN: dict[str, Node] = {
    "[newpage]": NewPage("[newpage]"),
    "[[rb:漢字>かんじ]]": Ruby("漢字", "かんじ", "[[rb:漢字>かんじ]]"),
    "[[rb: 漢字 > かんじ]]": Ruby("漢字", "かんじ", "[[rb: 漢字 > かんじ]]"),
    "[[rb:[1] > a > b]]": Ruby("[1]", "a > b", "[[rb:[1] > a > b]]"),
    "[jump:01]": Jump(1, "[jump:01]"),
    "[pixivimage:000001]": PixivImage(1, None, "[pixivimage:000001]"),
    "[pixivimage:5-02]": PixivImage(5, 2, "[pixivimage:5-02]"),
    "[uploadedimage:8100001]": UploadedImage(8100001, "[uploadedimage:8100001]"),
    "[chapter: 見出し ]": ChapterTitle("見出し", (Text(" 見出し "),), "[chapter: 見出し ]"),
    "[chapter:[1]": ChapterTitle("[1", (Text("[1"),), "[chapter:[1]"),
    "[chapter:[[rb:夜 > よる]]の灯]": ChapterTitle(
        "夜の灯",
        (Ruby("夜", "よる", "[[rb:夜 > よる]]"), Text("の灯")),
        "[chapter:[[rb:夜 > よる]]の灯]",
    ),
    "[[jumpuri:[pixiv] > http://www.pixiv.net/]]": JumpUri(
        "[pixiv]",
        "http://www.pixiv.net/",
        (Text("[pixiv] "),),
        "[[jumpuri:[pixiv] > http://www.pixiv.net/]]",
    ),
    "[[jumpuri:[[rb:夜>よる]] > x]]": JumpUri(
        "夜",
        "x",
        (Ruby("夜", "よる", "[[rb:夜>よる]]"), Text(" ")),
        "[[jumpuri:[[rb:夜>よる]] > x]]",
    ),
}


@for_each("text", list(KNOWN))
def test_markup_is_a_node(text: str) -> None:
    node = KNOWN[text]

    assert parse_markup(text) == [node]
    assert parse_markup(f"前{text}後") == [Text("前"), node, Text("後")]


@for_each(
    "text",
    [
        *("[newpage", "[ newpage]", "[NEWPAGE]", "[chapter:]", "[chapter:a", "[chapter:a\nb]"),
        *("[[rb:a]]", "[[rb:a > b]", "[rb:a > b]", "[[rb:a\n> b]]", "[jump:]", "[jump: 1]"),
        *("[jump:0]", "[jump:１]", "[jump:-1]", "[pixivimage:]", "[pixivimage:a]", "[jump:1 ]"),
        *("[pixivimage:0]", "[pixivimage:1-]", "[pixivimage:1-0]", "[pixivimage:1-2-3]"),
        *("[uploadedimage:1-2]", "[[jumpuri:a]]", "[[jumpuri:a > b]", f"[jump:{'9' * 5000}]"),
    ],
    repr,
)
def test_what_is_malformed_is_text(text: str) -> None:
    assert parse_markup(text) == [Text(text)]


@for_each("begun", ["[[rb:", "[[rb:a >", "[chapter:", "[chapter:a", "[[jumpuri:a > b", "["])
def test_what_is_not_closed_costs_only_itself(begun: str) -> None:
    for kind, text in ((NewPage, "[newpage]"), (Ruby, "[[rb:a > b]]"), (Jump, "[jump:3]")):
        nodes = parse_markup(f"{begun} {text} c")
        if kind is Ruby and begun.startswith("[chapter:"):
            continue  # Titles hold ruby.
        assert kind in map(type, nodes)


def test_nodes_are_there_to_be_matched() -> None:
    match parse_markup("[[rb:漢字 > かんじ]]"):
        case [Ruby(base, reading)]:
            assert (base, reading) == ("漢字", "かんじ")
        case _:
            pytest.fail("no match")


def test_keys_are_those_of_the_page() -> None:
    [picture, uploaded] = parse_markup("[pixivimage:5-2][uploadedimage:7]")
    assert isinstance(picture, PixivImage) and picture.key == "5-2"
    assert isinstance(uploaded, UploadedImage) and uploaded.key == "7"


@given(NOVELS)
def test_nodes_are_lossless(text: str) -> None:
    nodes = parse_markup(text)

    assert rebuilt(nodes) == text
    assert all(str(node) for node in nodes)
    assert not any(
        isinstance(one, Text) and isinstance(two, Text) for one, two in itertools.pairwise(nodes)
    )
    for node in nodes:
        if not isinstance(node, Text):
            assert parse_markup(node.source) == [node]


@for_each(
    "piece",
    [
        *(
            "[",
            "]",
            "[[rb:",
            "[[rb:a>",
            "[[rb:a>b]]",
            "[chapter:",
            "[chapter:[",
            "[chapter:[[rb:a",
        ),
        *(
            "[[jumpuri:",
            "[[jumpuri:[[rb:a>b]]",
            "[[jumpuri:a>[",
            "[pixivimage:1-",
            "[jump:0",
            "\n",
        ),
    ],
)
def test_any_length_of_beginnings_is_no_trouble(piece: str) -> None:
    # What is worse than linear does not end here before the time limit of the whole run.
    text = piece * (1_000_000 // len(piece))
    assert rebuilt(parse_markup(text)) == text
