"""Timing of functions in this process, in turns."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

Name = TypeVar("Name")
Times: TypeAlias = dict[Name, list[float]]


def in_turns(
    functions: Mapping[Name, Callable[[], object]], *, rounds: int, seconds: float
) -> Times[Name]:
    """
    Time *functions*, one after the other, round by round.

    Args:
        functions: What to call, by name.
        rounds: How many rounds.
        seconds: About how long each is called for, each round.

    Returns:
        Seconds of CPU time for a call, by name, one for each round.
    """
    counts = {name: _count(function, seconds) for name, function in functions.items()}
    times: Times[Name] = {name: [] for name in functions}
    for _ in range(rounds):
        for name, function in functions.items():
            gc.collect()
            count = counts[name]
            began = time.process_time()
            for _ in range(count):
                function()
            times[name].append((time.process_time() - began) / count)
    return times


def _count(function: Callable[[], object], seconds: float) -> int:
    """How many calls take about *seconds*; the first ones warm it up."""
    for _ in range(10):
        function()
    began = time.process_time()
    for _ in range(10):
        function()
    return max(10, int(seconds / ((time.process_time() - began) / 10 + 1e-9)))
