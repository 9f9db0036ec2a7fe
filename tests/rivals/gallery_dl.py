"""gallery-dl, the program: what it fetches into files, and whether their bytes are right."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

import anyio.to_thread
import attrs
from benchmarks.drivers import clean_environment

from pixivkit import Pixiv
from pixivkit.models.app import Illust

from .environments import Environment
from .facts import Facts
from .methods import OK, Outcome
from .proxy import Proxy
from .served import Served

_MOST: Final = 4
Files = dict[str, bytes]


@attrs.frozen
class Job:
    """
    Something to fetch.

    Attributes:
        name: What the report calls it.
        url: What gallery-dl is given.
        expected: Returns the files that are to come, by their names.
        options: Further options of the command.
    """

    name: str
    url: str
    expected: Callable[[], Awaitable[Files]]
    options: tuple[str, ...] = ()


async def run(
    px: Pixiv, served: Served, environment: Environment, proxy: Proxy, folder: Path, facts: Facts
) -> list[Outcome]:
    """Fetch everything, each into a folder of its own."""
    outcomes: list[Outcome] = []
    for job in _jobs(px, facts):
        target = folder / job.name.replace(" ", "-")
        wrong = await anyio.to_thread.run_sync(
            _fetch, job, target, served, environment, proxy.environment()
        )
        if not wrong:
            wrong = _difference(_files(target), await job.expected())
        outcomes.append(Outcome("gallery-dl", job.name, wrong or OK, failed=bool(wrong)))
    return outcomes


def _fetch(
    job: Job, target: Path, served: Served, environment: Environment, proxies: Mapping[str, str]
) -> str:
    """Run the command; return what it complained of."""
    target.mkdir()
    configuration = target.with_suffix(".json")
    settings = {
        "refresh-token": served.refresh_token,
        "cookies": {"PHPSESSID": served.session_cookie},
        "sleep-request": 0,
        "max-posts": _MOST,
    }
    made = {
        "extractor": {
            "base-directory": str(target),
            "pixiv": settings,
            "pixiv-novel": settings,
        },
        "cache": {"file": str(target.with_suffix(".cache"))},
    }
    configuration.write_text(json.dumps(made), "utf-8")
    command = [*environment.run, "-m", "gallery_dl", "--config-ignore", "-c", str(configuration)]
    done = subprocess.run(
        [*command, *job.options, job.url],
        env={**clean_environment(), **proxies},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    complaints = [line for line in done.stderr.splitlines() if "][error]" in line]
    if done.returncode:
        complaints.append(f"exit status {done.returncode}: {done.stderr[-300:]}")
    return "; ".join(complaints)


def _files(folder: Path) -> Files:
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _difference(got: Files, expected: Files) -> str:
    if not expected:
        return "the fake has nothing to fetch"
    if set(got) != set(expected):
        return f"files {sorted(got)} instead of {sorted(expected)}"[:600]
    wrong = [name for name in expected if got[name] != expected[name]]
    return f"other bytes in {wrong}" if wrong else ""


def _jobs(px: Pixiv, facts: Facts) -> Iterable[Job]:
    site = "https://www.pixiv.net"
    author = facts.other

    async def user() -> Files:
        return await _pictures(px, await px.app.user.illusts(author).take(_MOST))

    async def bookmarks() -> Files:
        return await _pictures(px, await px.app.user.bookmarks_illust(facts.account).take(_MOST))

    async def following() -> Files:
        files: Files = {}
        for preview in await px.app.user.following(facts.account).take(2):
            files |= await _pictures(px, await px.app.user.illusts(preview.user.id).take(_MOST))
        return files

    async def series() -> Files:
        works = await px.app.illust.series(facts.series.id).take(_MOST)
        count = len(facts.series.work_ids)
        files: Files = {}
        for index, work in enumerate(works):
            found = await _pictures(px, [work])
            files |= {f"{count - index:>03}_{name}": data for name, data in found.items()}
        return files

    async def search() -> Files:
        found = px.app.search.illust("雪", search_target="exact_match_for_tags")
        return await _pictures(px, await found.take(_MOST))

    async def ranking() -> Files:
        return await _pictures(px, await px.app.illust.ranking().take(_MOST))

    async def ugoira() -> Files:
        return await _pictures(px, [await px.app.illust.detail(facts.ugoira)])

    async def novel() -> Files:
        return await _novels(px, [facts.novel])

    async def novel_series() -> Files:
        novels = await px.app.novel.series(facts.novel_series or 0).take(_MOST)
        return await _novels(px, [novel.id for novel in novels])

    async def novels() -> Files:
        found = await px.app.user.novels(facts.novelist.id).take(_MOST)
        return await _novels(px, [novel.id for novel in found])

    async def novel_bookmarks() -> Files:
        found = await px.app.user.bookmarks_novel(facts.account).take(_MOST)
        return await _novels(px, [novel.id for novel in found])

    users = f"{site}/users"
    yield Job("user", f"{users}/{author}", user)
    yield Job("bookmarks", f"{users}/{facts.account}/bookmarks/artworks", bookmarks)
    yield Job(
        "following", f"{users}/{facts.account}/following", following, ("--chapter-range", "1-2")
    )
    yield Job("series", f"{site}/user/{facts.series.user_id}/series/{facts.series.id}", series)
    yield Job("search", f"{site}/en/tags/雪/artworks", search)
    yield Job("ranking", f"{site}/ranking.php?mode=daily", ranking)
    yield Job("ugoira", f"{site}/artworks/{facts.ugoira}", ugoira)
    yield Job("novel", f"{site}/novel/show.php?id={facts.novel}", novel)
    yield Job("novel series", f"{site}/novel/series/{facts.novel_series}", novel_series)
    yield Job("novels of a user", f"{users}/{facts.novelist.id}/novels", novels)
    yield Job("bookmarked novels", f"{users}/{facts.account}/bookmarks/novels", novel_bookmarks)


async def _pictures(px: Pixiv, works: Iterable[Illust]) -> Files:
    """The files of works, by the names that gallery-dl gives them."""
    files: Files = {}
    for work in works:
        if work.type == "ugoira":
            found = (await px.app.ugoira.metadata(work.id)).zip_urls.medium or ""
            urls = [found.replace("600x600", "1920x1080")]
        else:
            urls = list(work.original_urls)
        for number, url in enumerate(urls):
            name = f"{work.id}_p{number}.{url.rpartition('.')[2]}"
            files[name] = await _bytes(px, url)
    return files


async def _novels(px: Pixiv, ids: Iterable[int]) -> Files:
    files: Files = {}
    for novel_id in ids:
        text = await px.app.novel.text(novel_id)
        files[f"{novel_id}_p0.txt"] = text.text.encode()
    return files


async def _bytes(px: Pixiv, url: str) -> bytes:
    async with px.fetch(url) as stream:
        return b"".join([chunk async for chunk in stream])
