"""Docstrings of endpoints are completed with what shared parameters mean."""

from __future__ import annotations

import inspect

import pytest

from pixivkit._core.basics.docstrings import with_arguments


@pytest.mark.parametrize(
    ("doc", "completed"),
    [
        ("What it does.", "What it does.\n\nArgs:\n    one: The first.\n    two: The second."),
        ("", "Args:\n    one: The first.\n    two: The second."),
        (
            "What it does.\n\nReturns:\n    A thing.",
            "What it does.\n\nArgs:\n    one: The first.\n    two: The second.\n\n"
            "Returns:\n    A thing.",
        ),
        (
            "It does.\n\nMore.\n\nArgs:\n    two: Of its\n        own.\n\nRaises:\n    E: No.",
            "It does.\n\nMore.\n\nArgs:\n    one: The first.\n    two: Of its\n        own.\n\n"
            "Raises:\n    E: No.",
        ),
    ],
)
def test_what_is_missing_is_added_in_order(doc: str, completed: str) -> None:
    meanings = {"one": "The first.", "two": "The second.", "three": ""}
    assert with_arguments(doc, meanings) == completed


@pytest.mark.parametrize("doc", ["", "One line.", "Odd.\n\n\nArgs:\n    one:  As it is.\n\n"])
def test_what_lacks_nothing_is_left_as_it_is(doc: str) -> None:
    assert with_arguments(doc, {"one": "", "two": ""}) == doc


def test_long_meanings_are_wrapped() -> None:
    lines = with_arguments("Does.", {"one": "word " * 60}).splitlines()
    assert len(lines) > 4
    assert max(map(len, lines)) <= 91
    assert inspect.cleandoc("\n".join(lines)).count("word") == 60
