"""Which requests go wrong, and how: ordered in advance, or drawn from a seed."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Final, Literal, TypeAlias
from urllib.parse import urlsplit

import attrs

from .._core.basics.suggest import did_you_mean
from .._core.declaration.endpoint import Auth
from .._core.declaration.paging import NextUrl
from ..errors import InvalidArgument
from ..registry import REGISTRY
from .messages import ReceivedRequest
from .names import check_pattern

__all__ = [
    "FAULT_KINDS",
    "PASSING_FAULTS",
    "FaultKind",
    "FaultPlan",
    "OrderedFault",
    "OrderedFaults",
    "PlannedFault",
    "evenly",
]  # fmt: skip

FaultKind: TypeAlias = Literal[
    "rate_limit_429",
    "rate_limit_403",
    "invalid_grant",
    "status_500",
    "status_502",
    "status_503",
    "block_page",
    "empty_body",
    "truncated_body",
    "length_too_long",
    "length_too_short",
    "reset_unhandled",
    "reset_unanswered",
    "reset_midway",
    "slow",
    "redirect",
    "foreign_next_url",
    "looping_next_url",
    "huge_body",
    "gzip_bomb",
    "half_picture",
    "wrong_range",
]
"""What can go wrong; `FAULT_KINDS` says what each kind does."""

FAULT_KINDS: Final[Mapping[FaultKind, str]] = {
    # With these the request changes nothing.
    "rate_limit_429": "429 and the words Rate Limit, as pixiv limits since 2026",
    "rate_limit_403": "403 and the words Rate Limit, as pixiv limited before; not of tokens",
    "invalid_grant": "400, as for an access token that has expired; once in a row, no more",
    "status_500": "500: pixiv is broken",
    "status_502": "502 and a page: what is before pixiv does not reach it",
    "status_503": "503 and a page: what is before pixiv is closed",
    "block_page": "403 and a challenge in HTML, from Cloudflare",
    "reset_unhandled": "the connection is reset, and the request was thrown away",
    "redirect": "302 to another host",
    "huge_body": "a body of FaultPlan.huge bytes, made while it is sent",
    "gzip_bomb": "a small body that unpacks to FaultPlan.huge bytes",
    # With these it is carried out, and what then goes wrong is the reply.
    "empty_body": "no body, as if that were all",
    "truncated_body": "the first half of the body, as if that were all",
    "length_too_long": "Content-Length says more than the body has",
    "length_too_short": "Content-Length says half of what the body has",
    "reset_unanswered": "the connection is reset before the first byte of the reply",
    "reset_midway": "the connection is reset in the middle of the body",
    "slow": "nothing comes before the client gives up",
    "foreign_next_url": "a list goes on at another host",
    "looping_next_url": "a list goes on at the page that was just asked for",
    "half_picture": "the first half of a file, as if that were all",
    "wrong_range": "206, and the bytes are not those that were asked for",
}
"""What each kind of fault does to a request."""

PASSING_FAULTS: Final[tuple[FaultKind, ...]] = (
    "rate_limit_429",
    "rate_limit_403",
    "invalid_grant",
    "status_500",
    "status_502",
    "status_503",
    "empty_body",
    "truncated_body",
    "length_too_long",
    "length_too_short",
    "reset_unhandled",
    "reset_unanswered",
    "reset_midway",
    "slow",
)
"""The kinds that a client gets over by itself where it reads: it asks again."""

_LISTS: Final = ("foreign_next_url", "looping_next_url")
_FILES: Final = ("half_picture", "wrong_range")


@attrs.define
class OrderedFault:
    """A reply that is sent in place of the real one, so many *times*."""

    status: int
    body: object
    headers: Mapping[str, str]
    times: int


@attrs.define
class OrderedFaults:
    """Faults by the name of the endpoint, first ordered first sent."""

    _queues: dict[str, deque[OrderedFault]] = attrs.field(factory=dict[str, "deque[OrderedFault]"])

    def add(self, endpoint: str, fault: OrderedFault) -> None:
        """Order a fault."""
        self._queues.setdefault(endpoint, deque()).append(fault)

    def take(self, endpoint: str) -> OrderedFault | None:
        """The fault that is due at an endpoint; None for none."""
        queue = self._queues.get(endpoint)
        if not queue:
            return None
        fault = queue[0]
        fault.times -= 1
        if fault.times <= 0:
            queue.popleft()
        return fault

    def clear(self) -> None:
        """Forget all that were ordered."""
        self._queues.clear()


@attrs.frozen
class PlannedFault:
    """A fault that came: of which kind, and to which request."""

    kind: FaultKind
    request: ReceivedRequest


@attrs.define
class _History:
    """How often a request came, and the faults that it met since it was last answered."""

    count: int = 0
    row: list[FaultKind] = attrs.field(factory=list[FaultKind])


@attrs.define(eq=False)
class FaultPlan:
    """
    What goes wrong on a fake, how often and where: ``fake.plan = FaultPlan(...)``.

        FaultPlan({"app.*": {"status_502": 0.05, "reset_midway": 0.01}}, seed=7)
        FaultPlan({"*": evenly(0.15, PASSING_FAULTS)}, most_in_a_row=2)

    Whether a request meets a fault depends on the seed, on what it asks for and on how often that
    was asked for before, and neither on the time nor on other requests: the same plan does the
    same to the same calls, however many of them are under way at once.

    All kinds work on a socket (`FakePixiv.serve`) and in process (`FakePixiv.transport`); where
    there is no connection to break, the transport fails with what one that broke leads to, and
    ``slow`` takes no time.

    Args:
        rates: The part of the requests to an endpoint that meets each kind of fault, from 0 to 1,
            by a pattern for the name of the endpoint, such as ``app.illust.*``; the first pattern
            that fits decides. Files are ``images``, pages of the site ``web.page``. A kind leaves
            alone what it has no meaning for, such as replies without a ``next_url``.
        seed: Decides what happens.
        most_in_a_row: After how many faults in a row the same request is answered well; None for
            no end.
        huge: How many bytes there are in what is too large.

    Attributes:
        occurred: The faults that came, oldest first.

    Raises:
        InvalidArgument: No endpoint fits a pattern, there is no such kind, or a rate is not
            between 0 and 1, alone or in sum.
    """

    rates: Mapping[str, Mapping[FaultKind, float]]
    seed: int = attrs.field(default=0, kw_only=True)
    most_in_a_row: int | None = attrs.field(default=2, kw_only=True)
    huge: int = attrs.field(default=100_000_000, kw_only=True)
    occurred: list[PlannedFault] = attrs.field(factory=list[PlannedFault], init=False, repr=False)
    _histories: dict[bytes, _History] = attrs.field(
        factory=dict[bytes, _History], init=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        for pattern, kinds in self.rates.items():
            check_pattern(pattern)
            for kind in kinds:
                _check_kind(kind)
            if min(kinds.values(), default=0) < 0 or sum(kinds.values()) > 1 + 1e-9:
                msg = "the rates of an endpoint must be from 0 to 1, and no more in sum"
                raise InvalidArgument(msg)

    def count(self, kind: FaultKind | None = None, endpoint: str = "*") -> int:
        """
        How many faults came, of a *kind* or of all, to endpoints that fit a pattern.

        Raises:
            InvalidArgument: There is no such kind, or no endpoint fits the pattern.
        """
        if kind is not None:
            _check_kind(kind)
        check_pattern(endpoint)
        return sum(
            kind in (None, fault.kind) and fnmatchcase(fault.request.endpoint, endpoint)
            for fault in self.occurred
        )

    def draw(self, received: ReceivedRequest) -> FaultKind | None:
        """What happens to a request; the fake asks once for each that comes."""
        name = received.endpoint
        rates = next((r for pattern, r in self.rates.items() if fnmatchcase(name, pattern)), None)
        if not rates:
            return None
        key = _key(received)
        history = self._histories.setdefault(key, _History())
        history.count += 1
        if self.most_in_a_row is None or len(history.row) < self.most_in_a_row:
            left = self._draw(key, history.count)
            for kind, rate in rates.items():
                if not _concerns(kind, name) or (kind == "invalid_grant" and kind in history.row):
                    continue
                left -= rate
                if left < 0:
                    history.row.append(kind)
                    self.occurred.append(PlannedFault(kind, received))
                    return kind
        history.row.clear()
        return None

    def _draw(self, key: bytes, count: int) -> float:
        """A number from 0 to 1, 1 excluded."""
        text = b"%d %d " % (self.seed, count)
        digest = hashlib.blake2b(text + key, digest_size=6).digest()
        return int.from_bytes(digest, "big") / 2**48


def evenly(rate: float, kinds: Iterable[FaultKind]) -> dict[FaultKind, float]:
    """
    Share a rate among kinds of faults.

    Args:
        rate: How often there is to be any of them, from 0 to 1.
        kinds: The kinds, all as often.

    Returns:
        What `FaultPlan` takes for the endpoints of a pattern.

    Raises:
        InvalidArgument: There is no such kind.
    """
    chosen = list(dict.fromkeys(kinds))
    for kind in chosen:
        _check_kind(kind)
    return {kind: rate / len(chosen) for kind in chosen}


def _check_kind(kind: str) -> None:
    if kind not in FAULT_KINDS:
        msg = f"no fault is called {kind!r}{did_you_mean(kind, FAULT_KINDS)}"
        raise InvalidArgument(msg)


def _concerns(kind: FaultKind, name: str) -> bool:
    """Whether a fault has a meaning for an endpoint."""
    endpoint = REGISTRY.get(name)
    if kind in _FILES:
        return name == "images"
    if kind in _LISTS:
        return endpoint is not None and isinstance(endpoint.paging, NextUrl)
    if kind == "invalid_grant":
        return endpoint is not None and endpoint.auth is Auth.BEARER
    if kind == "rate_limit_403":
        return endpoint is not None and endpoint.base.name in ("app", "web")
    return True


def _key(received: ReceivedRequest) -> bytes:
    """What a request asks for; neither where it was sent, nor by whom, nor its boundary."""
    path = urlsplit(received.url).path
    asked: list[object] = [
        received.endpoint,
        received.method,
        # On a socket the part of pixiv is in front.
        re.sub(r"^/(?:app|oauth|web|images)(?=/)", "", path),
        received.query,
        received.fields,
        [(file.field, hashlib.blake2b(file.content).hexdigest()) for file in received.files],
        b"" if received.fields or received.files else received.body,
    ]
    return hashlib.blake2b(repr(asked).encode(), digest_size=16).digest()
