"""What the tests of faults have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from pixivkit import Pixiv
from pixivkit.testing import FakeClock, FakePixiv, FaultPlan, ReceivedRequest
from pixivkit.testing.world import Work


@attrs.frozen
class Site:
    """
    A fake, and how it is reached.

    Attributes:
        fake: The fake; its log is empty when a test begins.
        make: Makes a client of it, whose clock lets no test wait.
    """

    fake: FakePixiv
    make: Callable[..., Pixiv]

    def client(self, **options: Any) -> Pixiv:
        return self.make(**{"clock": FakeClock(), "patience": 3600, **options})

    def plan(self, plan: FaultPlan) -> FaultPlan:
        """Let things go wrong from now on, and count from here."""
        self.fake.plan = plan
        self.fake.log.clear()
        return plan

    def requests(self, endpoint: str) -> list[ReceivedRequest]:
        return [received for received in self.fake.log if received.endpoint == endpoint]


def everybody_sees(fake: FakePixiv) -> list[Work]:
    """The works of others that nothing is wrong with."""
    return [
        work
        for work in fake.world.works.values()
        if work.user_id != fake.account
        and not (work.restrict or work.x_restrict or work.sanity_limited)
    ]
