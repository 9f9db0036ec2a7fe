"""
The same program on a Ray cluster: each account is at home on one of the nodes.

    from pixivkit.cluster import Account, Cluster

    async with Cluster([Account("first", app=RefreshToken("..."))]) as px:
        work = await px.app.illust.detail(1)

Needs the extra ``ray``. A `Cluster` is a session like `Pixiv`; what is built on those works on it.
"""

from __future__ import annotations

from .account import Account
from .answers import AccountReport
from .session import Cluster

__all__ = ["Account", "AccountReport", "Cluster"]
