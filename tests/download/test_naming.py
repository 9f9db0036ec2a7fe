"""Names of downloaded files: safe on every file system, and never two works on one."""

from __future__ import annotations

import datetime as dt
import string
import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pixivkit.download import NameFields, Template, safe_name
from pixivkit.errors import InvalidArgument

DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}
UNFINISHED = ".part.json"

NASTY = st.sampled_from(
    ["", ".", "..", "../../etc/passwd", "/etc", "C:\\Windows", "con", "NUL.txt", "aux .png",
     " lead", "trail. ", "a\x00b", "a\u202egpj.exe", "\ud800", "え" * 200, "e\u0301" * 90,
     "=\u0338", "1", "5_p0", "1_2", "p0", "-", "_", "\u0301"]
)  # fmt: skip
TEXT = st.text(max_size=40) | NASTY
WORKS = st.builds(
    NameFields,
    id=st.integers(1, 10**9).map(str) | st.integers(1, 10**9).map("novel{}".format),
    title=TEXT,
    type=st.sampled_from(["illust", "manga", "ugoira", "novel", ""]),
    user_id=st.integers(0, 10**9),
    user_name=TEXT,
    date=st.none() | st.datetimes(timezones=st.just(dt.UTC)),
)
FILES = st.integers(0, 999).flatmap(
    lambda page: st.sampled_from(
        [(f"p{page}", page), (f"ugoira{page}", page), ("ugoira", 0), ("cover", 0)]
    )
)
FIELDS = ["id", "title", "type", "user.id", "user.name", "date", "page", "part"]
PLACES = st.sampled_from([f"{{{name}}}" for name in FIELDS])
LITERALS = st.text(string.ascii_letters + string.digits + " -_.()[]#/e", max_size=3)
TEMPLATES = st.lists(PLACES | LITERALS, min_size=1, max_size=8).map("".join)


def template(text: str) -> Template:
    try:
        return Template(text)
    except InvalidArgument:
        return Template("{title}{id}")


def with_file(fields: NameFields, file: tuple[str, int]) -> NameFields:
    return NameFields(
        id=fields.id, part=file[0], page=file[1], title=fields.title, type=fields.type,
        user_id=fields.user_id, user_name=fields.user_name, date=fields.date,
    )  # fmt: skip


def as_stored(path: PurePosixPath) -> str:
    """The name as the least distinguishing file system has it."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", str(path)).casefold())


def assert_valid_everywhere(name: str) -> None:
    assert name
    assert len(name.encode("utf-8")) <= 255
    assert not any(letter in '<>:"/\\|?*' for letter in name)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name)
    assert not name.endswith((" ", ".")) and not name.startswith(" ")
    assert name.split(".")[0].rstrip(" ").casefold() not in DEVICES
    assert unicodedata.is_normalized("NFC", name)


@given(TEXT, st.sampled_from(["", ".png", "_p0.jpg", ".txt"]))
def test_any_text_becomes_a_name(text: str, ending: str) -> None:
    name = safe_name(text, ending=ending)
    assert_valid_everywhere(name)
    assert name.endswith(ending)


@given(TEMPLATES, WORKS, FILES)
def test_a_template_makes_valid_names_of_anything(
    text: str, fields: NameFields, file: tuple[str, int]
) -> None:
    path = template(text).path(with_file(fields, file), ".webp")
    assert not path.is_absolute()
    assert ".." not in path.parts
    for part in path.parts[:-1]:
        assert_valid_everywhere(part)
    assert_valid_everywhere(path.name + UNFINISHED)
    assert path.suffix == ".webp"


@given(TEMPLATES, WORKS, WORKS, FILES, FILES)
@example(
    "{title}{id}", NameFields(id="3", title="12"), NameFields(id="23", title="1"),
    ("p0", 0), ("p0", 0),
)  # fmt: skip
@example(
    "{user.name}_{id}_{title}",
    NameFields(id="1", user_name="a", title="2_b"),
    NameFields(id="2", user_name="a_1", title="b"),
    ("p0", 0), ("p0", 0),
)  # fmt: skip
@example(
    "{id}{page}", NameFields(id="1"), NameFields(id="11"), ("p11", 11), ("p1", 1),
)  # fmt: skip
def test_no_two_works_share_a_name(
    text: str, one: NameFields, other: NameFields, file: tuple[str, int], more: tuple[str, int]
) -> None:
    named = template(text)
    first = named.path(with_file(one, file), ".png", alone=True)
    second = named.path(with_file(other, more), ".png", alone=True)
    if one.id != other.id:
        assert as_stored(first) != as_stored(second)


@given(TEMPLATES, WORKS, FILES, FILES)
@example("{id}_{title}{page}", NameFields(id="1", title="1" * 300), ("p1", 1), ("p11", 11))
def test_no_two_files_of_a_work_share_a_name(
    text: str, work: NameFields, file: tuple[str, int], other: tuple[str, int]
) -> None:
    # A work has pages or frames, not both.
    if file[0] == other[0] or {file[0][0], other[0][0]} == {"p", "u"}:
        return
    named = template(text)
    first = named.path(with_file(work, file), ".png")
    second = named.path(with_file(work, other), ".png")
    assert as_stored(first) != as_stored(second)


FIELDS_OF_A_WORK = NameFields(
    id="140000001",
    part="p3",
    page=3,
    title="春/夏: 1",
    type="manga",
    user_id=90000001,
    user_name="木漏れ日ミナ",
    date=dt.datetime(2026, 3, 14, 20, 0, tzinfo=dt.UTC),
)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{id}_{part}{ext}", "140000001_p3.png"),
        ("{id}_p{page}", "140000001_p3.png"),
        ("{user.id}/{id}_{page:03}{ext}", "90000001/140000001_003.png"),
        ("{user.name}/{title} {id}{ext}", "木漏れ日ミナ/春_夏_ 1 140000001_p3.png"),
        ("{user.name} - {id} - {title}", "木漏れ日ミナ - 140000001 - 春_夏_ 1_p3.png"),
        ("{title}", "140000001_春_夏_ 1_p3.png"),
        ("{date:%Y/%m}", None),
        ("{date:%Y}/{type}/{id}_{part}", "2026/manga/140000001_p3.png"),
        ("{date} {id} {part}", "2026-03-15 140000001 p3.png"),
        ("{{{id}}}_{part}", "{140000001}_p3.png"),
    ],
)  # fmt: skip
def test_templates(text: str, path: str | None) -> None:
    if path is None:
        with pytest.raises(InvalidArgument):
            Template(text)
    else:
        assert str(Template(text).path(FIELDS_OF_A_WORK, ".png")) == path


@pytest.mark.parametrize(
    "text",
    ["", "/{id}", "../{id}", "a/../{id}", "a//{id}", "C:/{id}", "a\\{id}", "{id}.", " {id}",
     "{id}/", "{ext}{id}", "{ext}/{id}", "{id!r}", "{id.__class__}", "{0}", "{}", "{nothing}",
     "{id:>99999}", "{date:%c}", "{title:5}", "{id", "x" * 300, "{part}" * 40, "a\x00{id}",
     "{id}\n"],
)  # fmt: skip
def test_a_template_that_could_not_work_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgument):
        Template(text)


def test_a_long_title_is_cut_and_the_id_is_not() -> None:
    fields = NameFields(id="140000001", title="長" * 500)
    name = Template("{title}_{id}_{part}{ext}").path(fields, ".jpg").name
    assert name.startswith("長長")
    assert name.endswith("長_140000001_p0.jpg")
    assert len(name.encode()) + len(UNFINISHED) <= 255


def test_a_work_of_one_file_needs_no_page_in_its_name() -> None:
    named = Template("{title} {id}")
    fields = NameFields(id="5", title="Sea")
    assert str(named.path(fields, ".png", alone=True)) == "Sea 5.png"
    assert str(named.path(fields, ".png")) == "Sea 5_p0.png"
