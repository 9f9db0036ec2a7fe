"""
The exceptions of pixivkit.

* PixivError
  + InvalidArgument        the call is wrong; nothing was sent (also a ValueError)
  + TransportError         no usable reply arrived
    - ConnectionFailed     the connection was never established
    - Timeout              something took too long (also a builtin TimeoutError)
      · PatienceExceeded   waiting would take longer than the caller allows
    - OutcomeUnknown       a write may or may not have reached pixiv
    - ReplyTooLarge        the body is larger than the client accepts
    - UnexpectedHost       a URL led to a host that the endpoint does not belong to
    - IncompleteFile       a download ended early, or lacks the end that its format has
    - ClusterError         an account's home on a cluster, or the cluster, cannot be reached
  + ApiError               pixiv answered, and says no
    - NotFound             there is no such work, user, comment, ...
      · EndpointGone       there is no such endpoint any more
    - Restricted           it exists, and this account may not see or do it
      · PremiumRequired    only a premium account may
    - OffsetLimit          the list ends at offset 5000; narrow the dates instead
    - RateLimited          too many requests
    - AuthError            the credential is missing, wrong or not enough
      · RefreshTokenInvalid  the refresh token is not accepted
        * LoginCodeInvalid   the code of a login is wrong, used or too old
      · AuthUnavailable    the token endpoint gave no usable answer; try again later
      · AccountSuspended   pixiv has suspended or banned the account
    - ServerError          pixiv is broken
    - BlockedByCloudflare  a challenge or block page came instead of an answer
    - UploadFailed         an upload was accepted, and then not published
  + TokenStoreError        a token store cannot be read or written
  + DecodeError            the reply does not have the declared shape
  + PagingError            a page led nowhere new
  + StorageError           a downloaded file cannot be kept
    - DiskFull             there is no room for it
    - FileNotWritable      it may not be written there
  + JournalError           a journal cannot be opened, read or written
  + SinkError              results cannot be written
  + UgoiraError            an ugoira cannot be opened or exported
  + WatchError             the state of a watch cannot be read or written
  + ReplyNotRecorded       a replay has no reply to the request
  + MissingExtra           something needs an extra that is not installed (also an ImportError)

Every exception names the endpoint, pickles, and holds no credential.

Besides, `TypeError` is for mistakes that have nothing to do with pixiv: arguments that do not
fit a signature, a declaration that is not complete, a list that is awaited. What your own code
raises passes unchanged: callbacks, files, transports (all but httpx's exceptions), and the
iterables that runs take their calls from. What ``on_event`` raises is logged, and what a token
store raises becomes `TokenStoreError`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = [
    "AccountSuspended",
    "ApiError",
    "AuthError",
    "AuthUnavailable",
    "BlockedByCloudflare",
    "ClusterError",
    "ConnectionFailed",
    "DecodeError",
    "DiskFull",
    "EndpointGone",
    "FileNotWritable",
    "IncompleteFile",
    "InvalidArgument",
    "JournalError",
    "LoginCodeInvalid",
    "MissingExtra",
    "NotFound",
    "OffsetLimit",
    "OutcomeUnknown",
    "PagingError",
    "PatienceExceeded",
    "PixivError",
    "PremiumRequired",
    "RateLimited",
    "RefreshTokenInvalid",
    "ReplyNotRecorded",
    "ReplyTooLarge",
    "Restricted",
    "ServerError",
    "SinkError",
    "StorageError",
    "Timeout",
    "TokenStoreError",
    "TransportError",
    "UgoiraError",
    "UnexpectedHost",
    "UploadFailed",
    "WatchError",
]


class PixivError(Exception):
    """
    Base of every exception in this module.

    Attributes:
        endpoint: Name of the endpoint that was called, such as ``app.illust.detail``; ``None``
            where no endpoint was involved.
        hint: What to do about it, where there is something to do; else an empty string.
        work_id: Id of the work that a download was of; empty where that is not known.
        page: Number of its page, from 0; None where it is about the whole work.
        file: Name of the file at pixiv, such as ``140000001_p0.png``; empty where there is none.
    """

    hint: str = ""
    work_id: str = ""
    page: int | None = None
    file: str = ""

    def __init__(self, message: str = "", *, endpoint: str | None = None) -> None:
        super().__init__(message)
        self.message: str = message
        self.endpoint: str | None = endpoint

    def __str__(self) -> str:
        advice = f" ({self.hint})" if self.hint else ""
        return f"{self._where()}{self.message}{advice}"

    def _where(self) -> str:
        """Return the endpoint or file that it is about, for the message."""
        page = "" if self.page is None else f" page {self.page}"
        work = f"work {self.work_id}{page}" if self.work_id else ""
        about = f"{work} ({self.file})" if work and self.file else work or self.file
        return "".join(f"{part}: " for part in (self.endpoint, about) if part)

    def __reduce__(self) -> tuple[Any, ...]:
        # Keyword-only arguments do not survive the default pickling of exceptions.
        return _rebuild, (type(self), self.args, dict(self.__dict__))


def _rebuild(kind: type[PixivError], args: tuple[Any, ...], state: dict[str, Any]) -> PixivError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class InvalidArgument(PixivError, ValueError):
    """
    An argument that pixiv cannot accept; nothing was sent.

    What to do: correct the call; the message says which values are accepted.
    """


class MissingExtra(PixivError, ImportError):
    """
    A part of pixivkit needs packages that come with an extra, and one of them is not installed.

    What to do: install what the message names.

    Attributes:
        extra: Name of the extra.
        name: The module that is missing.
    """

    def __init__(
        self,
        message: str = "",
        *,
        endpoint: str | None = None,
        extra: str = "",
        name: str | None = None,
    ) -> None:
        super().__init__(message, endpoint=endpoint)
        self.extra: str = extra
        self.name = name


class TransportError(PixivError):
    """
    The request could not be sent or its reply could not be read.

    What to do: look at the network; reads were sent again already, as often as `Retry` says.
    """


class ConnectionFailed(TransportError):
    """
    The connection was never established, so pixiv has not seen the request.

    What to do: look at the network, the proxy and `Hosts`; ``pixivkit doctor`` tries each host.
    """


class Timeout(TransportError, TimeoutError):
    """
    Connecting, sending, reading or the whole call took longer than allowed.

    What to do: try again, or allow more with ``Pixiv(timeout=...)``.
    """


class PatienceExceeded(Timeout):
    """
    The call would wait for longer than its patience; nothing was sent for it meanwhile.

    What it waited for, if that was a failure, is the `__cause__`. Rate limits raise `RateLimited`
    instead.
    """

    hint = "allow more patience, or try again later"


class OutcomeUnknown(TransportError):
    """
    A request that changes something broke off after it may have reached pixiv.

    It is not sent again: that might do it twice.
    """

    hint = "look whether pixiv did it before you repeat it"


class ReplyTooLarge(TransportError):
    """
    The body is larger than the client's limit and was not read to its end.

    What to do: raise ``Pixiv(largest_reply=...)`` or ``largest_file`` if so much is expected.
    """


class UnexpectedHost(TransportError):
    """
    A redirect or a URL points to another host; nothing was sent there.

    What to do: look where the URL came from; mirrors of images are named in `Hosts`.
    """


class IncompleteFile(TransportError):
    """
    A download ended before its file did, or the file lacks the end that its format has.

    What to do: repeat the download: it goes on from what has arrived.
    """


class ClusterError(TransportError):
    """
    The cluster, or the home of an account on it, cannot be reached; see `pixivkit.cluster`.

    Calls that only read are sent again until patience is over; this is what was left then.
    """

    hint = "look at `ray status` and the address; repeat the run with its journal"


class ApiError(PixivError):
    """
    Pixiv answered with an error.

    What to do: read pixiv's words; a subclass says more where they are known.

    Attributes:
        status: The HTTP status of the reply; 0 where there was none.
        message: Pixiv's machine text, or the user message where that is all there is.
        user_message: Pixiv's text for people, in the language of the client; often empty.
        reason: Pixiv's reason code; often empty.
        retry_after: Seconds to wait, where the reply or the client's own pace names them.
    """

    def __init__(
        self,
        message: str = "",
        *,
        endpoint: str | None = None,
        status: int = 0,
        user_message: str = "",
        reason: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, endpoint=endpoint)
        self.status: int = status
        self.user_message: str = user_message
        self.reason: str = reason
        self.retry_after: float | None = retry_after

    def __str__(self) -> str:
        words = self.message or self.user_message or "pixiv refused without a word"
        advice = f" ({self.hint})" if self.hint else ""
        status = f"{self.status} " if self.status else ""
        return f"{self._where()}{status}{words}{advice}"


class NotFound(ApiError):
    """
    There is no such thing, or it was deleted.

    What to do: take it off your list; pixiv does not bring deleted works back.
    """


class EndpointGone(NotFound):
    """Pixiv no longer knows the endpoint."""

    hint = "pixiv removed or moved this endpoint; look for a newer pixivkit"


class Restricted(ApiError):
    """
    The thing exists, and this account may not see or do it.

    What to do: look at what the account shows (R-18, mypixiv), or ask with another login.
    """


class PremiumRequired(Restricted):
    """
    Only premium accounts may do this.

    What to do: choose another order of the results, or a premium account.
    """


class OffsetLimit(ApiError):
    """Lists of the App API end at offset 5000."""

    hint = "narrow the search, for example with start_date and end_date"


class RateLimited(ApiError):
    """Too many requests in too short a time; the client has waited and tried again in vain."""

    hint = "slow down: a lower pace, or fewer tasks"


class AuthError(ApiError):
    """
    The credential is missing, wrong or not enough for the endpoint.

    What to do: give the login that the message names; see ``pixivkit whoami``.

    Attributes:
        needs_login: Whether only another login helps, because there is none or pixiv refuses it;
            False where this one could be renewed, so that a later call may succeed.
    """

    needs_login: bool = True


class RefreshTokenInvalid(AuthError):
    """The refresh token is not accepted; what a token store holds was kept."""

    hint = "log in again; the password may have changed, or the account is suspended"


class LoginCodeInvalid(RefreshTokenInvalid):
    """The code that a login ended with is wrong, was used before, or is too old."""

    hint = "a code works once, for about 30 seconds: start the login again, and be quick"


class AuthUnavailable(AuthError):
    """The token endpoint gave no usable answer; the refresh token may well be good."""

    hint = "try again later"
    needs_login = False


class AccountSuspended(AuthError):
    """Pixiv has suspended or banned the account; recognised by the text of the reply."""

    hint = "log in with a browser to see why"


class ServerError(ApiError):
    """
    Pixiv failed: a status of 500 or more.

    What to do: try again later; reads were sent again already.
    """


class BlockedByCloudflare(ApiError):
    """
    A challenge or block page came instead of an answer. It is not retried.

    Attributes:
        ray_id: Cloudflare's id of the event; empty where the page names none.
    """

    hint = "try IPv4, another network or proxy, or a browser's own User-Agent and cookies"

    def __init__(
        self,
        message: str = "",
        *,
        endpoint: str | None = None,
        status: int = 0,
        ray_id: str = "",
    ) -> None:
        super().__init__(message, endpoint=endpoint, status=status)
        self.ray_id: str = ray_id


class UploadFailed(ApiError):
    """
    An upload was accepted, and its processing did not end in a published work.

    What to do: look at pixiv whether it is there, and at the files that were sent.
    """


class TokenStoreError(PixivError):
    """
    A token store cannot be read or written; tokens that it did not save were not used.

    What to do: mend the file or the keyring that the message names, and call again.
    """


class DecodeError(PixivError):
    """
    The reply does not have the declared shape.

    What to do: look for a newer pixivkit; ``strict=False`` loses one field and not the reply.

    Attributes:
        problems: What is wrong where, each such as ``$.illusts[3].user.id: expected int, got
            list``; the paths start at the body of the reply. The first 50 are named.
        more: How many problems there are beyond those.
    """

    def __init__(
        self, problems: Sequence[str], *, endpoint: str | None = None, more: int = 0
    ) -> None:
        self.problems: list[str] = list(problems)
        self.more: int = more
        shown = "; ".join(self.problems[:5])
        rest = len(self.problems) - 5 + more
        super().__init__(f"{shown}; and {rest:,} more" if rest > 0 else shown, endpoint=endpoint)


class PagingError(PixivError):
    """
    The next page is one that was already fetched, or the reply does not say which it is.

    What to do: keep what has come; a newer pixivkit may know what pixiv changed.
    """


class JournalError(PixivError):
    """
    A journal cannot be opened, read or written: damaged, in use elsewhere, or no journal.

    What to do: end the other process, or choose another file.
    """


class SinkError(PixivError):
    """
    Results cannot be written to the file that is meant for them.

    What to do: look at the path, the room on the disk, and whether the file is of that kind.
    """


class UgoiraError(PixivError):
    """
    An ugoira cannot be opened or exported.

    What to do: fetch the archive again, or choose another format; the message says what is wrong.

    Its archive is damaged, incomplete or dangerous, a frame is no picture or cannot be decoded, or
    the program that makes a video is missing or failed.
    """


class WatchError(PixivError):
    """
    The state of a watch cannot be read or written: damaged, in use elsewhere, or none.

    What to do: end the other process, or choose another file; nothing in it was overwritten.
    """


class ReplyNotRecorded(PixivError):
    """
    A `pixivkit.testing.ReplayTransport` has no reply to a request; the text names it.

    What to do: record it, or answer it from `pixivkit.testing.FakePixiv`.
    """


class StorageError(PixivError):
    """
    A downloaded file cannot be written, read or named where it belongs.

    What to do: look at the path and the disk.

    Attributes:
        path: The file or folder; an empty string where it is not known.
    """

    def __init__(self, message: str = "", *, endpoint: str | None = None, path: str = "") -> None:
        super().__init__(message, endpoint=endpoint)
        self.path: str = path


class DiskFull(StorageError):
    """There is no room: the disk is full, or the quota used up."""

    hint = "what has arrived is kept beside the file and used when the download is repeated"


class FileNotWritable(StorageError):
    """
    The system does not permit to write there.

    What to do: choose another folder, or change its permissions.
    """
