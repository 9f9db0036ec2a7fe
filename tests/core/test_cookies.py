"""Cookie headers as browsers have them: all of it is sent, and nothing else."""

from __future__ import annotations

from contextlib import suppress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import backends
from support.raw_server import RawServer, answers

from pixivkit import Pixiv, SessionCookie
from pixivkit.errors import PixivError

SESSION = "90000010_AbCdEf"


@pytest.mark.parametrize(
    "header",
    [
        'g_state={"i_l":0}; PHPSESSID=90000010_AbCdEf',
        'g_state={"i_l":0,"i_t":1}; PHPSESSID=90000010_AbCdEf; q="a"',
        "filter[tags][]=1; PHPSESSID=90000010_AbCdEf; [x]=[y]",
        "name=猫; PHPSESSID=90000010_AbCdEf; 犬=é",
        "word; PHPSESSID=90000010_AbCdEf",
        "PHPSESSID=90000010_AbCdEf; word",
        "=no name; PHPSESSID=90000010_AbCdEf",
        "empty=; PHPSESSID=90000010_AbCdEf; =",
        "twice=1; twice=2; PHPSESSID=90000010_AbCdEf; base64=a==",
        "path=/; domain=.pixiv.net; secure; PHPSESSID=90000010_AbCdEf; expires=Mon, 01 Jan",
    ],
)
def test_the_cookies_of_a_header_are_sent_as_they_are(header: str) -> None:
    session = SessionCookie(header)
    assert session.header == header
    assert session.jar()["PHPSESSID"] == SESSION
    assert session.user_id == 90000010


@pytest.mark.parametrize("name", ["Cookie:", "cookie:", "COOKIE: ", "cookie :\t"])
@pytest.mark.parametrize("around", ["{}", " {}\r\n", "'{}'", '"{}"', "{};", "{} ; "])
def test_what_is_copied_along_with_a_header_is_not_sent(name: str, around: str) -> None:
    copied = around.format(f"{name}lang=en; PHPSESSID={SESSION}")
    assert SessionCookie(copied).header == f"lang=en; PHPSESSID={SESSION}"


@pytest.mark.parametrize("around", ["{}", " {}\n", "'{}'", "{};", '"{}', "Cookie: {}"])
def test_the_value_of_the_session_will_do(around: str) -> None:
    assert SessionCookie(around.format(SESSION)).header == f"PHPSESSID={SESSION}"


def test_more_cookies_take_the_place_of_those_of_the_same_name() -> None:
    session = SessionCookie(
        f"cf_clearance=old; PHPSESSID={SESSION}; cf_clearance=older",
        cookies={"cf_clearance": "new", "lang": "en"},
    )
    assert session.header == f"cf_clearance=new; PHPSESSID={SESSION}; lang=en"


def test_of_several_sessions_the_first_counts_as_it_does_for_pixiv() -> None:
    session = SessionCookie("PHPSESSID=1_a; PHPSESSID=2_b")
    assert session.header == "PHPSESSID=1_a; PHPSESSID=2_b"
    assert session.user_id == 1


@pytest.mark.parametrize(
    "header",
    [
        "",
        ";",
        "lang=en",
        "lang; word",
        "PHPSESSID=",
        "phpsessid=1_a",
        "PHPSESSID=1_a b",
        "PHPSESSID=1_猫",
        "PHPSESSID=1_a\r\nX-Evil: 1",
        "PHPSESSID=1_a; other=\x00",
        "other=\x7f; PHPSESSID=1_a",
        "other=\ud800; PHPSESSID=1_a",
        "1_a\nX-Evil: 1",
    ],
)
def test_what_cannot_be_sent_is_refused_without_a_word_of_it(header: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)cookie") as caught:
        SessionCookie(header)
    assert "1_a" not in str(caught.value)


UNUSABLE = {
    "a=b": "1",
    "a;b": "1",
    "a b": "1",
    "a\n": "1",
    "": "1",
    "a": "1; PHPSESSID=2_evil",
    "b": "1\r\nX-Evil: 1",
    "c": " 1",
    "d": "\x00",
    "e": "\udcff",
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_cookie_that_is_given_is_one_cookie(name: str) -> None:
    with pytest.raises(ValueError, match="of a cookie"):
        SessionCookie(SESSION, cookies={name: UNUSABLE[name]})


# What a browser may have, by RFC 6265 and beyond: anything but controls and the separators.
characters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=";")
values = st.text(characters).map(lambda text: text.strip(" "))
names = st.text("abcxyz_-.[]{}!$猫é", min_size=1)
others = st.lists(st.tuples(names, values).map("=".join) | names)


@given(before=others, after=others)
def test_every_cookie_of_any_header_is_sent_byte_for_byte(
    before: list[str], after: list[str]
) -> None:
    header = "; ".join([*before, f"PHPSESSID={SESSION}", *after])
    session = SessionCookie(header)
    assert session.header.encode() == header.encode()
    assert session.user_id == 90000010


# Without the beginning, words that are said everywhere would count as secrets in this run.
@given(st.text().map("90_{}".format), st.dictionaries(st.text(), st.text()))
def test_whatever_is_given_is_one_line_of_cookies_or_refused(
    value: str, cookies: dict[str, str]
) -> None:
    try:
        session = SessionCookie(value, cookies=cookies)
    except ValueError:
        return
    sent = session.header.split(";")
    assert not {*"\r\n\0"} & {*session.header}
    assert session.header.encode()
    for name, given_value in cookies.items():
        assert [one.strip(" ") for one in sent].count(f"{name}={given_value}".strip(" ")) >= 1


@given(names, st.text(characters), st.text("\r\n\0;", min_size=1))
def test_no_name_brings_a_second_cookie(name: str, value: str, smuggled: str) -> None:
    for unusable in (name + smuggled, f"{name}={value}", f"{name}{smuggled}{name}"):
        with pytest.raises(ValueError, match="name"):
            SessionCookie(SESSION, cookies={unusable: "1"})


@pytest.mark.anyio
@pytest.mark.parametrize("wire", [*backends.BACKENDS, "given"])
async def test_cookies_go_out_as_the_bytes_that_browsers_send(
    wire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    backends.use(wire, monkeypatch)
    transport = httpx.AsyncHTTPTransport() if wire == "given" else None
    header = f'name=猫; g_state={{"i_l":0}}; PHPSESSID={SESSION}'
    server = RawServer(answers)
    async with (
        server.serving(),
        Pixiv(web=SessionCookie(header), hosts=server.hosts, pace=None, transport=transport) as px,
    ):
        with suppress(PixivError):
            await px.web.illust.pages(1)
    (received,) = server.requests
    assert received.headers["cookie"].encode("latin-1") == header.encode("utf-8")
