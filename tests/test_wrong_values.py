"""Pixiv changes a field: the field is lost, not the reply, and not what came in its place."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import orjson
from support.examples import REPLIES, chosen
from support.wrong_values import Tally

from pixivkit.conformance import match_endpoint
from pixivkit.registry import REGISTRY

MOST_REPLIES_LOST = 0.08


def verdict(tally: Tally) -> None:
    assert tally.losing == []
    share = len(tally.lost) / tally.tried
    assert share < MOST_REPLIES_LOST, "\n".join(tally.lost)


def test_in_the_examples() -> None:
    tally, chance = Tally(), random.Random(7)
    for one in REPLIES:
        tally.try_all(REGISTRY[one.endpoint], chosen(one), one.reply, chance, most=60)
    assert tally.tried > 1000
    verdict(tally)


def test_in_recorded_replies(recorded: Path) -> None:
    tally, chance = Tally(), random.Random(11)
    with (recorded / "MANIFEST.csv").open(newline="", encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    for row in chance.sample(rows, min(60, len(rows))):
        matched = match_endpoint(row["endpoint"])
        file = recorded / row["file"]
        if matched is None or file.stat().st_size > 300_000:
            continue
        body: Any = orjson.loads(file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        tally.try_all(*matched, body, chance, most=25)
    assert tally.tried
    verdict(tally)
