"""Headers that identify the client to pixiv: as its app, or as a browser."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

import attrs

from ...errors import InvalidArgument

ImageSource: TypeAlias = Literal["app", "web"]
"""The API that the URL of an image came from."""

BROWSER: Final = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/151.0.0.0 Safari/537.36"
)
"""User-Agent of the web API, which refuses those of bots: Chrome on Windows, August 2026."""

WEB_ACCEPT: Final = "application/json"
"""Accept of the web API: what pixiv's own pages ask for, and all that the client reads."""

APP_ACCEPT: Final = "*/*"
"""Accept of the iOS app (CeuiLiSA/Pixiv-Shaft, captured from app 8.4 in 2026)."""

_IOS: Final = ("26.5", "8.6.10", "iPhone16,2")
"""System, app and device of the iOS app (Pixiv-Shaft-Desktop, captured in July 2026)."""

_ANDROID: Final = ("15", "6.180.0", "Pixel 9")
"""System, app and device of the Android app (asadahimeka/pixiv-viewer, 2026)."""

_REFERERS: Final[Mapping[ImageSource, str]] = {
    "app": "https://app-api.pixiv.net/",
    "web": "https://www.pixiv.net/",
}
"""Either is enough for i.pximg.net, which answers 403 without one (upbit/pixivpy #34, #41)."""

_HASH_SECRET: Final = "28c1fdd170a5204386cb1313c7077b34f83e4aaf4aa829ce78c231e05b0bae2c"
"""The same in every client (upbit/pixivpy #83, mikf/gallery-dl; in use in August 2026)."""

_KNOWN: Final = {"ios": _IOS, "android": _ANDROID}


def _is_known(profile: AppProfile, attribute: object, os: str) -> None:
    del profile, attribute
    if os not in _KNOWN:
        msg = f"os: must be 'ios' or 'android', not {os!r}"
        raise InvalidArgument(msg)


def _known(profile: AppProfile) -> tuple[str, str, str]:
    # Defaults are made before anything is checked.
    return _KNOWN.get(profile.os, _IOS)


@attrs.frozen
class AppProfile:
    """
    The app that App API requests come from: by default the iOS app, as of July 2026.

    An old version gets 403, or replies without R-18 works (gallery-dl PR 5029, Pixeval PR 743).

    Attributes:
        os: ``ios`` or ``android``; what is not given below is that of its app.
        os_version: Version of the system.
        app_version: Version of the app.
        device: Model of the device, as the app sends it.

    Raises:
        InvalidArgument: There is no app for such an *os*.
    """

    os: str = attrs.field(default="ios", validator=_is_known)
    os_version: str = attrs.Factory(lambda self: _known(self)[0], takes_self=True)
    app_version: str = attrs.Factory(lambda self: _known(self)[1], takes_self=True)
    device: str = attrs.Factory(lambda self: _known(self)[2], takes_self=True)

    @classmethod
    def android(cls) -> AppProfile:
        """Return the Android app, as of 2026: ``Pixiv(app_profile=AppProfile.android())``."""
        return cls("android")

    @property
    def user_agent(self) -> str:
        """The User-Agent, which agrees with the other headers."""
        name, system = ("IOS", "iOS") if self.os == "ios" else ("Android", "Android")
        return f"Pixiv{name}App/{self.app_version} ({system} {self.os_version}; {self.device})"

    def headers(self) -> dict[str, str]:
        """Return the headers of every App API request, without those for the language."""
        return {
            "User-Agent": self.user_agent,
            "Accept": APP_ACCEPT,
            "App-OS": self.os,
            "App-OS-Version": self.os_version,
            "App-Version": self.app_version,
        }


def app_headers(profile: AppProfile, language: str) -> dict[str, str]:
    """
    Return the headers of every request to the App API and to the token endpoint.

    The time of `client_time_headers` and the credential come on top.

    Args:
        profile: The app.
        language: As of Accept-Language. The words of errors follow Accept-Language; titles and
            translated tags follow App-Accept-Language, which the app sends beside it
            (CeuiLiSA/Pixiv-Shaft) and which takes one language: the first.
    """
    first = language.partition(",")[0].partition(";")[0].strip()
    return {**profile.headers(), "Accept-Language": language, "App-Accept-Language": first}


def web_headers(language: str) -> dict[str, str]:
    """Return the headers of every request to the web API; *language* is an Accept-Language."""
    return {"User-Agent": BROWSER, "Accept": WEB_ACCEPT, "Accept-Language": language}


def image_headers(
    source: ImageSource, *, profile: AppProfile | None = None, browser: str = BROWSER
) -> dict[str, str]:
    """
    Return the headers of a request for an image: those of the API that gave its URL.

    Args:
        source: The API that the URL came from.
        profile: The app that asked the App API; the usual one by default.
        browser: The User-Agent that asked the web API.
    """
    agent = (profile or AppProfile()).user_agent if source == "app" else browser
    return {"User-Agent": agent, "Accept": "*/*", "Referer": _REFERERS[source]}


def client_time_headers(now: float) -> Mapping[str, str]:
    """
    Return the time and its hash, which the apps send with every request (Pixiv-Shaft, pixez).

    The time is in UTC whatever the time zone of the machine; pixiv has refused a local
    time that claims to be UTC (upbit/pixivpy #92).

    Args:
        now: Seconds since 1970. The headers of a second are made once.
    """
    return _client_time_headers(int(now))


@functools.lru_cache(maxsize=4)
def _client_time_headers(second: int) -> Mapping[str, str]:
    moment = dt.datetime.fromtimestamp(second, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    digest = hashlib.md5((moment + _HASH_SECRET).encode(), usedforsecurity=False).hexdigest()
    return MappingProxyType({"X-Client-Time": moment, "X-Client-Hash": digest})
