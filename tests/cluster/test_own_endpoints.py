"""Endpoints of one's own are called through the homes as well, with the login of the account."""

from __future__ import annotations

import attrs
import pytest
from own_endpoints.conftest import declared
from own_endpoints.gallery import GALLERY, PrintApi
from own_endpoints.test_gallery import KEY

from pixivkit import ApiKey
from pixivkit.cluster import Cluster
from pixivkit.errors import AuthError
from pixivkit.testing import FakePixiv

from .accounts import accounts_of
from .nodes import RunningRay

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("declared")]

__all__ = ["declared"]


async def test_the_home_logs_in(running_ray: RunningRay) -> None:
    del running_ray
    fake = FakePixiv(works=5, logins={GALLERY: {"X-Api-Key": KEY}})
    first, second = accounts_of(fake, 2)
    first = attrs.evolve(first, credentials={GALLERY: ApiKey(KEY)})
    with fake.serve() as server:
        async with Cluster([first, second], hosts=server.hosts) as px:
            assert px.logins == ("app", "gallery")
            prints = [one async for one in PrintApi(px.account(first.name)).listed()]
            with pytest.raises(AuthError, match="credentials"):
                await PrintApi(px.account(second.name)).listed().first()
            # It is asked of the one that may.
            assert (await PrintApi(px).listed().first()).items[0] == prints[0]
    assert prints
    assert KEY not in repr(first)
