"""Headers of replies."""

from __future__ import annotations

import pickle

from pixivkit._core.basics.headers import Headers

RAW = [(b"Content-Type", b"application/json"), (b"Vary", b"Accept"), (b"vary", b"Cookie")]


def test_names_are_in_lower_case() -> None:
    headers = Headers(RAW)
    assert list(headers) == ["content-type", "vary"]
    assert headers["content-type"] == "application/json"
    assert headers.get("Content-Type") is None


def test_what_came_twice_is_a_list() -> None:
    assert Headers(RAW)["vary"] == "Accept, Cookie"


def test_they_are_as_good_as_a_dictionary() -> None:
    headers = Headers(RAW)
    assert headers == {"content-type": "application/json", "vary": "Accept, Cookie"}
    assert pickle.loads(pickle.dumps(headers)) == headers
    assert len(Headers([])) == 0


def test_bytes_that_are_no_text_are_kept() -> None:
    assert Headers([(b"x", b"\xe3\x81\x82")])["x"].encode("latin-1").decode() == "あ"
