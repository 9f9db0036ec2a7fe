"""What the homes of accounts are asked, and what they answer: values that travel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Literal, TypeAlias, TypeVar, cast

import attrs

from .._core.account.hosts import Hosts
from .._core.account.profile import AppProfile
from .._core.calls.request import Progress
from .._core.http.backend import LARGEST_FILE, LARGEST_REPLY
from .._core.sending.send_options import SendOptions
from .._core.waiting.pace import PaceState
from ..account_choice import Pause
from ..download.source import Source
from ..download.work_download import WorkDownload
from ..errors import PixivError
from .message_queue import Message

__all__ = [
    "AccountReport",
    "Answer",
    "FileOrder",
    "FileProgress",
    "HomeSettings",
    "Refused",
    "Rest",
]

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Rest:
    """
    The rest that pixiv or an error gives an account.

    Attributes:
        pauses: By API, why the account gets no calls now.
        limited: By API, how many seconds its own pace holds calls after a rate limit.
    """

    pauses: Mapping[str, Pause] = attrs.field(factory=dict[str, Pause])
    limited: Mapping[str, float] = attrs.field(factory=dict[str, float])


Refused: TypeAlias = Literal["", "paused", "leaving", "unknown"]
"""Why nothing was done; empty where it was."""


@attrs.frozen(kw_only=True)
class HomeSettings:
    """
    The options of a home that programs which share it have to agree on, or that the first gives.

    Attributes:
        hosts: Base URLs to use instead of pixiv's own.
        app_profile: The app that App API requests come from; None for the usual one.
        ipv4_only: Whether it connects over IPv4 only.
        largest_reply: How many bytes the body of a reply may have.
        largest_file: How many bytes a downloaded file may have.
        idle: After how many seconds without a call a home leaves the cluster.
    """

    hosts: Hosts
    app_profile: AppProfile | None = None
    ipv4_only: bool = False
    largest_reply: int = LARGEST_REPLY
    largest_file: int = LARGEST_FILE
    idle: float = 600.0


@attrs.frozen(kw_only=True)
class Answer(Generic[T]):
    """
    The answer of a home.

    Attributes:
        result: What was asked for, or why there is none: errors travel as values.
        refused: Why nothing was done: the account is paused, its home is leaving, or the program
            has not joined it, as it is another than before.
        rest: The rest that the account has.
        messages: What the program has not fetched yet of what it wants to know: of the call, or
            where it asked for that, of all.
    """

    result: T | PixivError | None = None
    refused: Refused = ""
    rest: Rest = attrs.field(factory=Rest)
    messages: tuple[Message, ...] = ()

    def value(self) -> T:
        """
        Return the result.

        Raises:
            PixivError: It is an error.
        """
        if isinstance(self.result, PixivError):
            raise self.result
        return cast("T", self.result)

    @property
    def is_from_another(self) -> bool:
        """Whether a home has to be looked for, as the one that was asked is none any longer."""
        return self.refused in ("leaving", "unknown")


@attrs.frozen(kw_only=True)
class FileOrder:
    """
    One file that a home is to save.

    Attributes:
        download: The download of its work, with this file alone.
        to: The folder, or the URL of a place that fsspec knows.
        options: How it is asked for.
    """

    download: WorkDownload
    to: str
    options: SendOptions


@attrs.frozen
class FileProgress:
    """
    The progress of a file that a home saves.

    Attributes:
        source: The file; it may be one that belongs to the file that was ordered.
        progress: How much of it there is.
    """

    source: Source
    progress: Progress

    @property
    def name(self) -> tuple[str, int]:
        """What tells the file from others of its work."""
        return (self.source.part, self.source.page)


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
