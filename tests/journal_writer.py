"""
A program that a test kills: it sends requests that are not recorded yet, and records them.

Usage: python journal_writer.py JOURNAL BACKEND FROM TO

It prints ``sent ID`` when it sends a request and ``kept KEY ID`` once that is recorded.
"""

from __future__ import annotations

import os
import sys
from functools import partial

import anyio

from pixivkit._core.calls.declare import endpoint_of
from pixivkit._core.calls.request import Reply, Request
from pixivkit.app import IllustApi
from pixivkit.errors import NotFound
from pixivkit.journal import Journal, request_key

TASKS = 8


def ask(work: int) -> Request:
    endpoint = endpoint_of(IllustApi.detail)
    return Request(endpoint, endpoint.bind(work))


def say(line: str) -> None:
    # One write, with nothing kept in a buffer: what was said is said when the kill comes.
    os.write(1, f"{line}\n".encode())


async def work_through(journal: Journal, works: range) -> None:
    for work in works:
        request = ask(work)
        if await journal.recorded(request):
            continue
        say(f"sent {work}")
        if work % 5:
            # Some replies are longer than others.
            body = {"illust": {"id": work, "title": "猫" * (work % 7) * 500}}
            await journal.record_reply(request, Reply(200, {}, body))
        else:
            error = NotFound("no such work", endpoint="app.illust.detail", status=404)
            await journal.record_failure(request, error)
        say(f"kept {request_key(request).hex()} {work}")


async def main(path: str, first: int, end: int) -> None:
    say("opening")
    async with Journal(path) as journal, anyio.create_task_group() as tasks:
        for task in range(TASKS):
            tasks.start_soon(work_through, journal, range(first + task, end, TASKS))


if __name__ == "__main__":
    _, path, backend, first, end = sys.argv
    anyio.run(partial(main, path, int(first), int(end)), backend=backend)
    say("done")
