"""Tokens are kept in a keyring, here one in memory."""

import asyncio
import os
import tempfile
import time
from typing import Any

# Where the lock of the store is.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()

import keyring
from keyring.backend import KeyringBackend

from pixivkit import KeyringTokenStore, Tokens


class InMemory(KeyringBackend):
    priority: Any = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


async def main() -> None:
    keyring.set_keyring(InMemory())
    store = KeyringTokenStore()
    tokens = Tokens(access_token="access", refresh_token="refresh", expires_at=time.time() + 60)
    await store.save(tokens)
    assert await KeyringTokenStore().load() == tokens


asyncio.run(main())
