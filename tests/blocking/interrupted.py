"""A script that waits for a reply that never comes: it is to be interrupted with Ctrl-C."""

from __future__ import annotations

import gc
import itertools
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, cast

import anyio

from pixivkit import BlockingPixiv, Pixiv, blocking
from pixivkit.testing import FakePixiv

REQUESTS = itertools.count()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def waiting(application: Any) -> Any:
    """Middleware that answers three requests, and none after them."""

    async def run(scope: Any, receive: Any, send: Any) -> None:
        if next(REQUESTS) >= 3:
            say("waiting")
            try:
                await anyio.sleep_forever()
            finally:
                say("cancelled")
        await application(scope, receive, send)

    return run


def use(px: BlockingPixiv, kind: str, ids: list[int], folder: Path) -> Iterator[object]:
    if kind == "run":
        for work_id in ids:
            yield px.run(px.app.illust.detail(work_id))
    elif kind == "each":
        yield from px.each(px.app.search.illust("風景"))
    elif kind == "bulk":
        yield from px.each(px.bulk([px.app.illust.detail(i) for i in ids], limit=1))
    elif kind == "downloads":
        yield from px.each(px.downloads(ids, folder, limit=1))
    elif kind == "entered":
        for work_id in ids:
            with px.enter(px.fetch(work_id, page=0)) as file:
                yield from px.each(file)


def main(kind: str, backend: str, folder: Path) -> None:
    fake = FakePixiv()
    fake.middleware.append(waiting)
    ids = [w.id for w in fake.world.works.values() if not w.restrict and not w.sanity_limited]
    client: Pixiv = fake.client()
    try:
        with blocking(client, backend=cast('Literal["asyncio", "trio"]', backend)) as px:
            for _ in use(px, kind, ids[:20], folder):
                pass
    except KeyboardInterrupt:
        gc.collect()
        others = [thread.name for thread in threading.enumerate() if thread.name == "pixivkit"]
        left = [path.name for path in folder.iterdir() if path.suffix == ".part"]
        say(f"interrupted {others} {left}")


main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
