"""How much memory things take, however many there are."""

from __future__ import annotations

import json
import subprocess
import sys

from . import server
from .drivers import clean_environment
from .results import Bar, Section, Spread
from .settings import PROJECT, Settings

_WORDS = """\
Each case runs in a process of its own; the numbers are MB of resident memory, the peak of the
process. Where it says growth, it is the peak above what was in use after the first tenth, when
all is warm.
"""


def run(settings: Settings) -> Section:
    """Measure each case once or, for bulk, three times."""
    many, few = settings.count(100_000, 5_000), 1_000
    works = settings.count(200_000, 20_000)
    paged = settings.count(100_000, 10_000)
    size = settings.count(500, 50) * 1_000_000
    bulk = [
        _case("bulk", many)["peak"] - _case("bulk", few)["peak"]
        for _ in range(settings.count(3, 1))
    ]
    paging = _case("paging", paged)
    structuring = _case("structuring", works)
    with server.serve(large=size) as url:
        download = _case("download", size, url)
    bars = [
        Bar(f"bulk: peak of {many} calls above that of {few}, MB", "<= 20", Spread.of(bulk)),
        Bar(f"paging through {paged} works: works in memory", "<= 30", _one(paging["works"])),
        Bar(f"paging through {paged} works: growth, MB", "<= 20", _one(paging["growth"])),
        Bar(f"{works} works structured: growth, MB", "<= 30", _one(structuring["growth"])),
        Bar(
            f"a download of {size // 1_000_000} MB: growth, MB", "<= 30", _one(download["growth"])
        ),
    ]
    return Section("Memory", _WORDS, bars=bars)


def _one(value: float) -> Spread:
    return Spread.of([value])


def _case(name: str, count: int, *more: str) -> dict[str, float]:
    sys.stderr.write(f"memory: {name} {count}\n")
    command = [sys.executable, "-m", "tests.benchmarks.memory_cases", name, str(count), *more]
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=PROJECT,
        env=clean_environment(),
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told
