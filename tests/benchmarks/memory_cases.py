"""What is done to see how much memory it takes; each case in a process of its own."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import re
import sys
import tempfile
from pathlib import Path

import attrs
import orjson

from pixivkit import AccessToken, Hosts, Pixiv
from pixivkit._core.calls.structure import structure_as
from pixivkit.models.app import Illust, UserIllustList

from . import workloads
from .at_once import AtOnce, client

Case = dict[str, float]


def _peak() -> float:
    """The most memory that the process has had so far, in MB."""
    # What getrusage says may be the peak of the process that started this one.
    status = Path("/proc/self/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


def _now() -> float:
    """The memory that the process has, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def _bulk(count: int) -> Case:
    body = workloads.detail()
    async with client(AtOnce(lambda _: body)) as px:
        calls = (px.app.illust.detail(number) for number in range(count))
        done = 0
        async for outcome in px.bulk(calls, limit=100):
            done += outcome.ok
    assert done == count
    return {"peak": _peak()}


async def _paging(works: int) -> Case:
    template = workloads.page()
    last = workloads.page(last=True)

    def answer(url: str) -> bytes:
        found = re.search(r"offset=(\d+)", url)
        following = (int(found[1]) if found else 0) + workloads.ILLUSTS_PER_PAGE
        if following >= works:
            return last
        return template.replace(b"offset=30", b"offset=%d" % following)

    seen = most = 0
    begun = 0.0
    async with client(AtOnce(answer)) as px:
        async for _ in px.app.user.illusts(1):
            seen += 1
            if seen % 2_995 == 0:
                gc.collect()
                most = max(most, sum(type(one) is Illust for one in gc.get_objects()))
            if seen == 3_000:
                begun = _peak()
    assert works <= seen < works + workloads.ILLUSTS_PER_PAGE
    return {"works": float(most), "growth": _peak() - begun}


async def _structuring(works: int) -> Case:
    body = workloads.page()
    pages = works // workloads.ILLUSTS_PER_PAGE
    begun = 0.0
    for number in range(pages):
        structure_as(UserIllustList, orjson.loads(body))
        if number == pages // 10:
            begun = _now()
    return {"growth": max(_now() - begun, _peak() - begun)}


async def _download(size: int) -> Case:
    url = sys.argv[3]
    hosts = Hosts(app=url, oauth=url, web=url, images=url)
    path = "img-original/img/2026/04/02/20/15/30/141000000_p0.jpg"
    with tempfile.TemporaryDirectory() as folder:
        async with Pixiv(app=AccessToken("token"), hosts=hosts, pace=None) as px:
            await px.download(f"https://i.pximg.net/{path}", f"{folder}/warm")
            begun = _peak()
            large = attrs.evolve(hosts, images=f"{url}/large")
            async with Pixiv(app=AccessToken("token"), hosts=large, pace=None) as other:
                (file,) = await other.download(f"https://i.pximg.net/{path}", f"{folder}/large")
    assert file.size > size * 0.9, file.size
    return {"growth": _peak() - begun}


def main() -> None:
    cases = {
        "bulk": _bulk,
        "paging": _paging,
        "structuring": _structuring,
        "download": _download,
    }
    sys.stdout.write(json.dumps(asyncio.run(cases[sys.argv[1]](int(sys.argv[2])))))


if __name__ == "__main__":
    main()
