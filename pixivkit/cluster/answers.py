"""What the homes of accounts are asked, and what they answer: values that travel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Literal, TypeAlias, TypeVar

import attrs

from .._core.account.hosts import Hosts
from .._core.account.profile import AppProfile, ImageSource
from .._core.sending.send_options import SendOptions
from .._core.waiting.pace import PaceState
from ..account_choice import Pause
from ..download.source import Source
from ..errors import PixivError
from .message_queue import Message

__all__ = ["AccountReport", "Answer", "FileOrder", "HomeSettings"]

T = TypeVar("T")

Refused: TypeAlias = Literal["", "paused", "leaving", "unknown"]


@attrs.frozen(kw_only=True)
class HomeSettings:
    """
    The options of a home that programs which share it have to agree on, or that the first gives.

    Attributes:
        hosts: Base URLs to use instead of pixiv's own.
        app_profile: The app that App API requests come from; None for the usual one.
        idle: After how many seconds without a call a home leaves the cluster.
    """

    hosts: Hosts
    app_profile: AppProfile | None = None
    idle: float = 600.0


@attrs.frozen(kw_only=True)
class Answer(Generic[T]):
    """
    The answer of a home.

    Attributes:
        result: What was asked for, or why there is none: errors travel as values.
        refused: Why nothing was done: the account is paused, its home is leaving, or the program
            has not joined it, as it is another than before.
        pauses: By API, why the account gets no calls now.
        limited: By API, how many seconds its own pace holds calls after a rate limit.
        messages: What the program has not fetched yet of what it wants to know: of the call, or
            where it asked for that, of all.
    """

    result: T | PixivError | None = None
    refused: Refused = ""
    pauses: Mapping[str, Pause] = attrs.field(factory=dict[str, Pause])
    limited: Mapping[str, float] = attrs.field(factory=dict[str, float])
    messages: tuple[Message, ...] = ()

    @property
    def is_from_another(self) -> bool:
        """Whether a home has to be looked for, as the one that was asked is none any longer."""
        return self.refused in ("leaving", "unknown")


@attrs.frozen(kw_only=True)
class FileOrder:
    """
    One file that a home is to fetch.

    Attributes:
        source: What it is.
        names: The path below *to*, by the extension it turns out to have; ``""`` names it
            without one.
        to: The folder, or the URL of a place that fsspec knows.
        api: The API that the URLs came from.
        overwrite: Whether a complete file is fetched again.
        options: How it is asked for.
    """

    source: Source
    names: Mapping[str, str]
    to: str
    api: ImageSource
    overwrite: bool
    options: SendOptions


@attrs.frozen(kw_only=True)
class AccountReport:
    """
    The state of an account in a cluster.

    Attributes:
        name: The account.
        node: The name of the machine that is its home.
        process: The id of the process there.
        under_way: How many calls and files its home is busy with, of all programs.
        users: How many programs use it.
        paused: By the name of an API (``app`` or ``web``), why it gets no calls of that; empty
            while it gets all.
        pace: The state of the pacer of each API.
    """

    name: str
    node: str
    process: int
    under_way: int
    users: int
    paused: Mapping[str, Pause]
    pace: Mapping[str, PaceState]
