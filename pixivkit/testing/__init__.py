"""
A pixiv of your own, for tests and for trying things: `FakePixiv`.

Needs the extra ``testing``: importing it without raises `MissingExtra`. The pytest plugin gives
the fixtures ``fake_pixiv`` and ``pixiv``, and keeps tests away from the real pixiv.
"""

from __future__ import annotations

from .._core.basics.extras import needs

with needs("testing", "pixivkit.testing"):
    from .clock import FakeClock
    from .fake import FakePixiv, Server
    from .faults import FAULT_KINDS, PASSING_FAULTS, FaultKind, FaultPlan, PlannedFault, evenly
    from .generate import generate_world
    from .messages import ReceivedFile, ReceivedRequest
    from .recording import RecordingTransport, ReplayTransport
    from .records import Bookmark, Comment, Follow, Novel, NovelSeries, Series, User, Work
    from .refusals import Refusal
    from .views import Context, View, view
    from .world import World

__all__ = [
    "FAULT_KINDS",
    "PASSING_FAULTS",
    "Bookmark",
    "Comment",
    "Context",
    "FakeClock",
    "FakePixiv",
    "FaultKind",
    "FaultPlan",
    "Follow",
    "Novel",
    "NovelSeries",
    "PlannedFault",
    "ReceivedFile",
    "ReceivedRequest",
    "RecordingTransport",
    "Refusal",
    "ReplayTransport",
    "Series",
    "Server",
    "User",
    "View",
    "Work",
    "World",
    "evenly",
    "generate_world",
    "view",
]
