"""Delays of GIFs, which count in hundredths of a second."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pixivkit.ugoira.timing import in_hundredths

DELAYS = st.lists(st.integers(0, 400) | st.integers(0, 30), min_size=1)


@given(DELAYS)
def test_the_whole_is_rounded_once(delays: list[int]) -> None:
    rounded = in_hundredths(delays)
    assert sum(rounded) == max(2, (sum(delays) + 5) // 10)
    assert len(rounded) == len(delays)
    assert 1 not in rounded


@given(st.lists(st.integers(25, 400), min_size=1))
def test_no_frame_ends_more_than_half_a_hundredth_off(delays: list[int]) -> None:
    ends = itertools.accumulate(delays)
    told = itertools.accumulate(in_hundredths(delays))
    assert all(abs(end - 10 * other) <= 5 for end, other in zip(ends, told, strict=True))


def test_frames_that_are_too_short_make_room() -> None:
    assert in_hundredths([10, 10, 10, 10]) == [0, 2, 0, 2]
    assert in_hundredths([100, 10]) == [11, 0]
    assert in_hundredths([3]) == [2]
    assert in_hundredths([66, 67, 67]) == [7, 6, 7]
