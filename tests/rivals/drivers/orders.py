"""Orders on standard input, one JSON object a line, and what came of each on standard output."""

import asyncio
import hashlib
import json
import os
import pathlib
import sys
import tempfile

TOKEN = os.environ["PIXIV_REFRESH_TOKEN"]


def tell(**fields):
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def told(exc):
    return f"{type(exc).__name__}: {exc}"[:500]


async def follow(do):
    """
    Do what is ordered until the end.

    Args:
        do: Takes an order: the ``method``, its ``arguments``, and the id of the model that it
            is ``on``; returns what is told of the result.
    """
    tell(ready=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        order = json.loads(line)
        try:
            tell(**await do(order))
        except Exception as exc:
            tell(error=told(exc))


def digest(content):
    return hashlib.sha256(content).hexdigest()


def digest_of(file):
    return digest(pathlib.Path(file).read_bytes())


def folder():
    return tempfile.mkdtemp(dir=os.environ["RIVALS_FOLDER"])
