"""What goes over the wire: any word comes back from it as it was."""

from __future__ import annotations

import datetime as dt
import string
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from toy_api import Server, ToyAppApi, ToyWebApi, nobody

from pixivkit import WEB, Request
from pixivkit._core.calls.encode import Encoded, encode
from pixivkit.errors import InvalidArgument

modest = settings(deadline=None, derandomize=True, max_examples=100)

app = ToyAppApi(Server(nobody))
web = ToyWebApi(Server(nobody))

HOSTILE = [
    *"/?#+%&=;:@!$'()*,[]{}|\\^~`\"<> ",
    "%2F", "%", "%zz", "..", ".", "../..", "...", ". .", "//", "a/b", "?a=b", "#top",
    "初音ミク", "東方 Project", "1000users入り", "🌸👩\u200d👧", "e\u0301",
    "\u200b", "\t", "\r\n", "\0",
    "' OR 1=1 --", "{word}", "{0}", "a+b c", "OR -word",
]  # fmt: skip

WORDS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(min_size=1, max_size=20),
    st.text(alphabet="./%2EF?#+& ", min_size=1, max_size=8),
)


def wire(request: Request) -> Encoded:
    return encode(request)


def sent_bytes(target: str) -> str:
    """The target as the HTTP library writes it in the request line."""
    return httpx.URL(WEB.url + target).raw_path.decode("ascii")


def read_back(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))


class TestPath:
    @modest
    @given(WORDS, WORDS)
    @example(".", "..")
    @example("..", ".")
    @example("a/b", "a//b")
    def test_one_word_is_one_segment(self, word: str, owner: str) -> None:
        path = wire(web.found(word, owner).request).target.partition("?")[0]
        segments = path.split("/")
        assert [unquote(one) for one in segments] == ["", "ajax", "toys", word, "of", owner]
        assert not {".", ".."} & set(segments), "nothing that is resolved on the way"

    @modest
    @given(WORDS, WORDS)
    @example(".", "..")
    def test_the_request_line_survives_the_http_library(self, word: str, owner: str) -> None:
        target = wire(web.found(word, owner, note=word).request).target
        assert sent_bytes(target) == target

    @modest
    @given(WORDS)
    def test_only_what_a_path_may_have_is_sent_as_it_is(self, word: str) -> None:
        path = wire(web.found(word, "owner").request).target.partition("?")[0]
        assert set(path) <= set(string.ascii_letters + string.digits + "/-._~%")

    def test_a_segment_cannot_be_empty(self) -> None:
        with pytest.raises(InvalidArgument, match="owner: must not be empty") as caught:
            wire(web.found("word", "").request)
        assert caught.value.endpoint == "web.toy.found"

    @modest
    @given(WORDS)
    def test_a_word_may_be_repeated_in_the_query(self, word: str) -> None:
        query = wire(web.found(word, "owner").request).target.partition("?")[2]
        assert read_back(query) == [("word", word)]


class TestQuery:
    @modest
    @given(WORDS, st.lists(WORDS, max_size=4))
    def test_words_come_back(self, note: str, notes: list[str]) -> None:
        request = web.found("word", "owner", note=note, notes=notes).request
        query = wire(request).target.partition("?")[2]
        sent = [("word", "word"), ("note", note), *(("notes[]", one) for one in notes)]
        assert read_back(query) == sent

    def test_spellings(self) -> None:
        request = web.found(
            "word",
            "owner",
            notes=["b", "a"],
            joined=[3, 1, 2],
            day=dt.date(2026, 3, 9),
            since="2026-03-09",
            switch=True,
            flag=False,
            ratio=-0.5,
        ).request
        assert wire(request).target == (
            "/ajax/toys/word/of/owner?word=word&notes%5B%5D=b&notes%5B%5D=a&joined=3%2C1%2C2"
            "&day=20260309&since=2026-03-09&switch=1&flag=false&ratio=-0.5"
        )

    def test_what_is_none_or_an_empty_sequence_is_left_out(self) -> None:
        request = web.found("word", "owner", note=None, notes=[], joined=[]).request
        assert wire(request).target.endswith("?word=word")

    def test_an_empty_text_is_sent(self) -> None:
        assert wire(web.found("word", "owner", note="").request).target.endswith("&note=")

    def test_a_default_is_sent(self) -> None:
        assert wire(web.by_total().request).target == "/ajax/toys/total?offset=0&limit=10"


class TestNextUrl:
    """The query of a further page, which pixiv gave."""

    @staticmethod
    def replayed(query: str) -> str:
        request = app.listed().request
        url = f"https://app-api.pixiv.net/v1/toys?{query}"
        return wire(Request(request.endpoint, request.arguments, url)).target.partition("?")[2]

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "seed_illust_ids%5B0%5D=1&viewed%5B0%5D=2&viewed%5B1%5D=3",
            "viewed[0]=1&word=a+b&word=%20%zz&x=1?y/z:@!$'()*,;~|^{}`",
            'a="b"<c>\\d',
        ],
    )
    def test_it_is_replayed_byte_for_byte(self, query: str) -> None:
        assert self.replayed(query) == query

    @pytest.mark.parametrize(
        ("query", "sent"),
        [
            ("word=a b", "word=a%20b"),
            (" word=a ", "%20word=a%20"),
            ("word=a\r\nHost:%20x", "word=a%0D%0AHost:%20x"),
            ("word=\t\0\x7f", "word=%09%00%7F"),
            ("word=風景&offset=30", "word=%E9%A2%A8%E6%99%AF&offset=30"),
        ],
    )
    def test_what_no_request_line_may_hold_is_encoded(self, query: str, sent: str) -> None:
        assert self.replayed(query) == sent

    def test_a_fragment_is_not_sent(self) -> None:
        assert self.replayed("offset=30#top") == "offset=30"


class TestReferer:
    @modest
    @given(WORDS, WORDS)
    def test_it_is_a_header_that_gives_the_words_back(self, word: str, owner: str) -> None:
        referer = wire(web.found(word, owner).request).referer
        assert referer is not None
        assert referer.isascii() and referer.isprintable() and " " not in referer
        split = urlsplit(referer)
        assert split.netloc == "www.pixiv.net"
        assert unquote(split.path) == f"/toys/{word}"
        assert read_back(split.query) == [("by", owner)]

    def test_the_namespace_gives_the_default(self) -> None:
        assert wire(web.new().request).referer == "https://www.pixiv.net/toys"
        assert wire(web.keep(1).request).referer == "https://www.pixiv.net/keep"

    def test_the_app_sends_none(self) -> None:
        assert wire(app.listed().request).referer is None


class TestBodies:
    @modest
    @given(WORDS, st.lists(WORDS, max_size=4))
    def test_a_form_gives_the_words_back(self, title: str, tags: list[str]) -> None:
        encoded = wire(app.save(title, tags=tags).request)
        assert encoded.target == "/v1/toy/save"
        assert encoded.content_type == "application/x-www-form-urlencoded"
        assert encoded.content is not None
        sent = parse_qsl(encoded.content.decode("ascii"), keep_blank_values=True)
        assert sent == [("title", title), *(("tags[]", tag) for tag in tags)]

    @modest
    @given(WORDS, st.lists(WORDS, max_size=3))
    def test_json_gives_the_words_back(self, note: str, tags: list[str]) -> None:
        encoded = wire(web.keep(5, note=note, tags=tags, open=True).request)
        assert encoded.content_type == "application/json"
        assert encoded.content is not None
        assert orjson.loads(encoded.content) == {
            "thingId": "5",
            "note": note,
            "tags": tags,
            "open": 1,
        }

    @modest
    @given(WORDS)
    def test_multipart_has_fields_and_then_files(self, title: str) -> None:
        encoded = wire(app.send(title, [b"one", b"two"]).request)
        assert encoded.content is None
        assert encoded.fields == (("title", title),)
        assert [(f.field, f.file, f.position) for f in encoded.files] == [
            ("files[]", b"one", 0),
            ("files[]", b"two", 1),
        ]

    def test_one_file_is_a_file_as_well(self) -> None:
        encoded = wire(app.pictured(b"one").request)
        assert [(f.field, f.file) for f in encoded.files] == [("picture", b"one")]
        assert encoded.fields == ()

    def test_a_get_has_no_body(self) -> None:
        encoded = wire(app.picked(1).request)
        assert (encoded.content, encoded.content_type, encoded.fields) == (None, "", ())
