"""
A pixiv of your own, for tests and for trying things: `FakePixiv`.

Needs the extra ``testing``: importing it without raises `MissingExtra`. The pytest plugin gives
the fixtures ``fake_pixiv`` and ``pixiv``, and keeps tests away from the real pixiv.
"""

from __future__ import annotations

from .._core.extras import needs

with needs("testing", "pixivkit.testing"):
    from .clock import FakeClock
    from .fake import FakePixiv
    from .fault_plan import FAULT_KINDS, PASSING_FAULTS, Dealt, FaultKind, FaultPlan, evenly
    from .received import Received
    from .refusals import Refusal
    from .server import Server
    from .views import Context, ReceivedFile, View, view
    from .world import World

__all__ = [
    "FAULT_KINDS",
    "PASSING_FAULTS",
    "Context",
    "Dealt",
    "FakeClock",
    "FakePixiv",
    "FaultKind",
    "FaultPlan",
    "Received",
    "ReceivedFile",
    "Refusal",
    "Server",
    "View",
    "World",
    "evenly",
    "view",
]
