"""Base URLs of requests."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

import attrs

from ...errors import InvalidArgument
from ..declaration.endpoint import APP, OAUTH, WEB, Base


def _plain(url: str) -> str:
    return url.rstrip("/")


def _all_plain(urls: Mapping[Base, str]) -> Mapping[Base, str]:
    return {base: _plain(url) for base, url in urls.items()}


@attrs.frozen
class Hosts:
    """
    Base URLs to send requests to instead of pixiv's own: a fake, or a mirror.

    A path prefix is kept (``https://mirror.example/pixiv-app``). Plain http is for loopback
    addresses only, unless *allow_insecure* says otherwise: it would show the credentials.

    Attributes:
        app: For the App API.
        oauth: For tokens.
        web: For the web API.
        images: For ``i.pximg.net`` and its siblings; empty leaves the URLs of images as they are.
        own: For bases of your own; one that is not named goes where it says.
        allow_insecure: Whether plain http may go to any host.

    Raises:
        InvalidArgument: A URL is not http or https, or is plain http to a foreign host.
    """

    app: str = attrs.field(default=APP.url, converter=_plain)
    oauth: str = attrs.field(default=OAUTH.url, converter=_plain)
    web: str = attrs.field(default=WEB.url, converter=_plain)
    images: str = attrs.field(default="", converter=_plain)
    allow_insecure: bool = False
    own: Mapping[Base, str] = attrs.field(
        factory=dict[Base, str],
        converter=_all_plain,
        hash=False,
        kw_only=True,
    )

    def __attrs_post_init__(self) -> None:
        for name in ("app", "oauth", "web", "images"):
            url: str = getattr(self, name)
            if url or name != "images":
                self._check(f"hosts.{name}", url)
        for base, url in self.own.items():
            if base in (APP, OAUTH, WEB):
                raise InvalidArgument(f"hosts.own: give {base.name!r} as {base.name}=")
            self._check(f"hosts.own, {base.name}", url)

    def _check(self, name: str, url: str) -> None:
        try:
            split = urlsplit(url)
            _ = split.port
        except ValueError:
            raise InvalidArgument(f"{name}: not a URL") from None
        if split.scheme not in ("http", "https") or not split.hostname:
            raise InvalidArgument(f"{name}: not an http or https URL")
        shown = split.scheme == "http" and not is_loopback(split.hostname)
        if shown and not self.allow_insecure:
            msg = (
                f"{name}: plain http would show credentials to the network; use https, "
                "or allow_insecure=True"
            )
            raise InvalidArgument(msg)

    def url(self, base: Base) -> str:
        """Return the base URL for requests to *base*."""
        if base in (APP, OAUTH, WEB):
            return str(getattr(self, base.name))
        return self.own.get(base, base.url)

    def check_secure(self, base: Base) -> None:
        """
        Refuse to send a credential to *base* over an unencrypted connection.

        Raises:
            InvalidArgument: It is plain http to a foreign host, which is not allowed.
        """
        self._check(base.name, self.url(base))


def is_loopback(host: str) -> bool:
    """Whether *host* is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
