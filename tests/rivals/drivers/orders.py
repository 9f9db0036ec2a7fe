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
        do: Takes the name of a method, its arguments, and the id of the model that it is a
            method of; returns what is told of the result.
    """
    tell(ready=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        order = json.loads(line)
        try:
            tell(**await do(order["method"], order["arguments"], order["on"]))
        except Exception as exc:
            tell(error=told(exc))


def digest_of(file):
    return hashlib.sha256(pathlib.Path(file).read_bytes()).hexdigest()


def folder():
    return tempfile.mkdtemp(dir=os.environ["RIVALS_FOLDER"])
