"""How the client presents itself to pixiv: as its app, or as a browser."""

from __future__ import annotations

import datetime as dt
import hashlib

import attrs

BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36"
)
"""User-Agent of the web API, which refuses those of bots."""

_HASH_SECRET = "28c1fdd170a5204386cb1313c7077b34f83e4aaf4aa829ce78c231e05b0bae2c"


@attrs.frozen
class AppProfile:
    """
    The app that App API requests come from.

    An old version gets 403, or replies without R-18 works (gallery-dl PR 5029, Pixeval PR 743).

    Attributes:
        os: ``ios`` or ``android``.
        os_version: Version of the system.
        app_version: Version of the app.
        device: Model of the device, as the app spells it.
    """

    os: str = "ios"
    os_version: str = "26.5"
    app_version: str = "8.6.10"
    device: str = "iPhone16,2"

    @property
    def user_agent(self) -> str:
        """The User-Agent, which agrees with the other headers."""
        name, system = ("IOS", "iOS") if self.os == "ios" else ("Android", "Android")
        return f"Pixiv{name}App/{self.app_version} ({system} {self.os_version}; {self.device})"

    def headers(self) -> dict[str, str]:
        """The headers that every App API request carries."""
        return {
            "User-Agent": self.user_agent,
            "App-OS": self.os,
            "App-OS-Version": self.os_version,
            "App-Version": self.app_version,
        }


def client_time_headers(now: float) -> dict[str, str]:
    """The time and its hash that the app sends when it asks for a token (UTC, from *now*)."""
    moment = dt.datetime.fromtimestamp(now, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    digest = hashlib.md5((moment + _HASH_SECRET).encode(), usedforsecurity=False).hexdigest()
    return {"X-Client-Time": moment, "X-Client-Hash": digest}
