"""Where requests go."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import attrs

from ..errors import InvalidArgument
from .endpoint import APP, OAUTH, WEB, Base


def _plain(url: str) -> str:
    return url.rstrip("/")


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
        allow_insecure: Whether plain http may go to any host.

    Raises:
        InvalidArgument: A URL is not http or https, or is plain http to a foreign host.
    """

    app: str = attrs.field(default=APP.url, converter=_plain)
    oauth: str = attrs.field(default=OAUTH.url, converter=_plain)
    web: str = attrs.field(default=WEB.url, converter=_plain)
    images: str = attrs.field(default="", converter=_plain)
    allow_insecure: bool = False

    def __attrs_post_init__(self) -> None:
        for name in ("app", "oauth", "web", "images"):
            url: str = getattr(self, name)
            try:
                split = urlsplit(url)
                _ = split.port
            except ValueError:
                raise InvalidArgument(f"hosts.{name}: not a URL") from None
            if not url and name == "images":
                continue
            if split.scheme not in ("http", "https") or not split.hostname:
                msg = f"hosts.{name}: not an http or https URL"
                raise InvalidArgument(msg)
            shown = split.scheme == "http" and not _is_loopback(split.hostname)
            if shown and not self.allow_insecure:
                msg = (
                    f"hosts.{name}: plain http would show credentials to the network; use https, "
                    "or allow_insecure=True"
                )
                raise InvalidArgument(msg)

    def url(self, base: Base) -> str:
        """Where the requests of *base* go: bases that are not pixiv's go where they say."""
        return str(getattr(self, base.name)) if base in (APP, OAUTH, WEB) else base.url


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
