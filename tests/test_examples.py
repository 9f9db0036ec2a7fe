"""The examples in `spec/examples`: written by us, and exactly what the models say."""

from __future__ import annotations

import itertools

import orjson
import pytest
from support.each import for_each
from support.examples import REPLIES, chosen, label

from pixivkit import structure, unstructure
from pixivkit._core.calls.structure import structure_page
from pixivkit.conformance import check_body
from pixivkit.examples import Example, example_names, examples_of, read_examples
from pixivkit.registry import REGISTRY, built_in_endpoints
from pixivkit.structuring import request_for_reply

ENDPOINTS = [endpoint.name for endpoint in built_in_endpoints()]

each = for_each("example", REPLIES, label)


@for_each("name", sorted({*ENDPOINTS, *example_names()}))
def test_every_endpoint_has_one_and_it_is_of_an_endpoint(name: str) -> None:
    assert name in REGISTRY
    examples = examples_of(name)
    # A reply for each type that an argument chooses.
    for given in itertools.product((False, True), repeat=len(REGISTRY[name].variants)):
        arguments = dict(zip(REGISTRY[name].variants, given, strict=True))
        assert any(one.answers(REGISTRY[name], arguments) for one in examples)


@each
def test_it_fits_without_a_rest(example: Example) -> None:
    report = check_body(REGISTRY[example.endpoint], chosen(example), example.reply)
    assert report.error is None
    assert report.unknown == []
    assert report.lost == []
    assert report.ok


@each
def test_a_list_has_items(example: Example) -> None:
    endpoint = REGISTRY[example.endpoint]
    # Lists of `object` are those of which nobody has seen an item.
    if endpoint.paging and endpoint.item is not object:
        page = structure_page(request_for_reply(endpoint, chosen(example)), example.reply)
        assert page.items
        assert page.broken == []


@each
def test_there_and_back_is_stable(example: Example) -> None:
    """What a cache stores again after reading it is the same."""
    endpoint, arguments = REGISTRY[example.endpoint], chosen(example)
    model = structure(endpoint.name, example.reply, **arguments)
    stored = orjson.loads(orjson.dumps(unstructure(model), option=orjson.OPT_NON_STR_KEYS))
    if endpoint.pick:
        stored = {endpoint.pick: stored}
    if endpoint.envelope:
        stored = {endpoint.envelope: stored}
    assert structure(endpoint.name, stored, **arguments) == model


class TestReading:
    REQUEST = b'"request": {"method": "GET", "url": "https://a.example/", "login": "none"}'

    def test_files_are_bytes(self) -> None:
        call = b'{"files": [{"base64": "AAE="}]}'
        text = b'[{"name": "a", "call": %b, %b, "reply": {}}]' % (call, self.REQUEST)

        assert read_examples("x.y.z", text)[0].call == {"files": [b"\x00\x01"]}

    def test_later_entries_are_answered_like_the_first(self) -> None:
        text = b'[{"name": "a", "call": {}, %b, "reply": [1]}, {"name": "b", "call": {}, %b}]'

        first, second = read_examples("x.y.z", text % (self.REQUEST, self.REQUEST))

        assert first.reply == second.reply == [1]
        assert (first.has_reply, second.has_reply) == (True, False)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (b"[", "cannot be read"),
            (b"[]", "no first entry with a reply"),
            (b'[{"name": "a", "call": {}, %b}]' % REQUEST, "no first entry with a reply"),
            (b'[{"name": "a", "call": {}, "reply": 1}]', r"missing @ \$\[0\].request"),
            (b'[{"name": "a", "call": {}, "rest": 1, %b}]' % REQUEST, r"extra fields .*rest"),
            (
                b'[{"name": "a", "call": {}, %b, "reply": 1}, {"name": "a", "call": {}, %b}]'
                % (REQUEST, REQUEST),
                "two entries of the same name",
            ),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said(self, text: bytes, said: str) -> None:
        with pytest.raises(ValueError, match=rf"the example of x\.y\.z .*{said}"):
            read_examples("x.y.z", text)

    def test_a_missing_one_says_which_file_to_write(self) -> None:
        with pytest.raises(LookupError, match=r"write .*x\.y\.z\.json"):
            examples_of("x.y.z")
