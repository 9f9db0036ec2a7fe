"""
Token stores: in memory, in a file, in the system's keyring.

    Pixiv(app=RefreshToken("...", store=FileTokenStore("tokens.json")))

What a store holds goes before the token that is given, so a replaced token is never lost. Several
clients and processes may share one: whoever renews holds its lock, and reads it first. Pixiv may
replace a refresh token when it is used: a process that is killed after pixiv's answer and before
the new token is stored, some milliseconds later, loses it, and somebody has to log in again.

None of them shows a token in its repr, its errors or a log.
"""

from __future__ import annotations

import hashlib
import importlib
import logging
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Protocol, cast

import anyio
import anyio.to_thread
import attrs
import orjson

from ._core.account.credentials import LockingTokenStore, Tokens
from ._core.basics.file_lock import held_lock
from ._core.basics.new_file import replace_file
from ._core.basics.secret import Secret
from .errors import TokenStoreError

__all__ = ["FileTokenStore", "KeyringTokenStore", "MemoryTokenStore", "default_token_path"]

_log = logging.getLogger("pixivkit")


def default_token_path() -> Path:
    """
    Return the file where the command ``pixivkit login`` keeps tokens.

    It is ``pixivkit/tokens.json`` in the folder that ``XDG_CONFIG_HOME`` or ``APPDATA`` names,
    else in ``~/.config``.
    """
    named = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA")
    folder = Path(named) if named else Path.home() / ".config"
    return folder / "pixivkit" / "tokens.json"


@attrs.define(eq=False)
class MemoryTokenStore(LockingTokenStore):
    """
    Keeps tokens as long as it lives: for tests, and to learn what a client was given.

    Attributes:
        tokens: What is kept; None for nothing.
    """

    tokens: Tokens | None = None
    _lock: anyio.Lock = attrs.field(factory=anyio.Lock, init=False, repr=False)

    def lock(self) -> anyio.Lock:
        """Return the lock that a client holds while it renews."""
        return self._lock

    async def load(self) -> Tokens | None:
        """Return the tokens saved last; None where there are none."""
        return self.tokens

    async def save(self, tokens: Tokens) -> None:
        """Save *tokens* in place of those saved before."""
        self.tokens = tokens


class FileTokenStore(LockingTokenStore):
    """
    Keeps the tokens of one account in a JSON file that only its owner can read.

    Any number of processes may use the file at the same time. The lock that they share is a file
    beside it whose name goes on with ``.lock``; it stays, and holds nothing.

    A save writes another file beside it, and puts that in its place when it is on the disk: after
    a crash the file holds either the old tokens or the new ones. A process that is killed in the
    middle may leave the other file behind, as private as the first; nothing reads it.

    The file may be written by hand: ``{"refresh_token": "..."}`` is enough.

    Args:
        path: The file; ``~`` is the home folder. It and its folder need not exist.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path).expanduser().absolute()

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    def __repr__(self) -> str:
        return f"FileTokenStore({str(self._path)!r})"

    @asynccontextmanager
    async def lock(self) -> AsyncGenerator[None]:
        """
        Hold the lock that all processes share which use the file; it ends with the process.

        Raises:
            TokenStoreError: The lock cannot be made.
        """
        async with AsyncExitStack() as held:
            try:
                await held.enter_async_context(held_lock(Path(f"{self._target}.lock")))
            except OSError as exc:
                raise self._failure("cannot be locked", exc) from exc
            yield

    @property
    def _target(self) -> Path:
        """The file to replace: where the path is a link, the one that it leads to."""
        return Path(os.path.realpath(self._path))

    async def load(self) -> Tokens | None:
        """
        Return the tokens saved last; None where there are none.

        A file that others can read is made private first.

        Raises:
            TokenStoreError: The file cannot be read, holds no tokens, or cannot be made private.
        """
        return await anyio.to_thread.run_sync(self._load)

    async def save(self, tokens: Tokens) -> None:
        """
        Save *tokens* in place of those saved before; when this returns they are on the disk.

        Raises:
            TokenStoreError: They could not be written; the file is as it was, unless only its
                folder could not be brought to the disk.
        """
        await anyio.to_thread.run_sync(self._save, tokens)

    def _load(self) -> Tokens | None:
        failure: TokenStoreError | None = None
        kept: Secret[bytes] | None = None
        try:
            with self._path.open("rb") as file:
                self._make_private(file.fileno())
                kept = Secret(file.read())
        except FileNotFoundError:
            return None
        except OSError as exc:
            failure = self._failure("cannot be read", exc)
        if failure is not None:
            raise failure
        return None if kept is None else _parsed(kept, str(self._path))

    def _make_private(self, descriptor: int) -> None:
        if sys.platform == "win32":
            return  # The rights are those of the folder, which is the user's own.
        if not os.fstat(descriptor).st_mode & 0o077:
            return
        try:
            os.fchmod(descriptor, 0o600)
        except OSError as exc:
            msg = f"the token file {self._path} is open to others, and cannot be made private"
            raise TokenStoreError(msg) from exc
        _log.warning("%s was open to others; it is private now", self._path)

    def _save(self, tokens: Tokens) -> None:
        failure: TokenStoreError | None = None
        try:
            target = self._target
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(target, _dump(tokens))
        except OSError as exc:
            # Its traceback would show what was to be written.
            failure = self._failure("cannot be written", exc)
        if failure is not None:
            raise failure

    def _failure(self, what: str, exc: OSError) -> TokenStoreError:
        return TokenStoreError(f"the token file {self._path} {what}: {exc.strerror or exc}")


class _Keyring(Protocol):
    """The part of the module ``keyring`` that is used here."""

    def get_password(self, service_name: str, username: str) -> str | None: ...
    def set_password(self, service_name: str, username: str, password: str) -> None: ...


class KeyringTokenStore(LockingTokenStore):
    """
    Keeps the tokens of one account in the system's keyring; needs the extra ``keyring``.

    Several processes may use it: the lock that they share is an empty file in the folder of
    `default_token_path`.

    Args:
        service: The name of the entry, which the keyring shows to people.
        account: Tells entries of several accounts apart; any word.

    Raises:
        TokenStoreError: The extra is not installed.
    """

    def __init__(self, service: str = "pixivkit", account: str = "default") -> None:
        self._service = service
        self._account = account
        try:
            self._keyring = cast("_Keyring", importlib.import_module("keyring"))
        except ImportError as exc:
            msg = "the package keyring is missing: pip install 'pixivkit-async[keyring]'"
            raise TokenStoreError(msg) from exc

    def __repr__(self) -> str:
        return f"KeyringTokenStore({self._service!r}, {self._account!r})"

    @asynccontextmanager
    async def lock(self) -> AsyncGenerator[None]:
        """
        Hold the lock that all processes share which use the entry; it ends with the process.

        Raises:
            TokenStoreError: The lock cannot be made.
        """
        entry = hashlib.sha256(repr((self._service, self._account)).encode()).hexdigest()[:16]
        path = default_token_path().with_name(f"keyring-{entry}.lock")
        async with AsyncExitStack() as held:
            try:
                await held.enter_async_context(held_lock(path))
            except OSError as exc:
                msg = f"the keyring's entry cannot be locked with {path}: {exc.strerror or exc}"
                raise TokenStoreError(msg) from exc
            yield

    async def load(self) -> Tokens | None:
        """
        Return the tokens saved last; None where there are none.

        Raises:
            TokenStoreError: The keyring cannot be read, or the entry holds no tokens.
        """
        return await anyio.to_thread.run_sync(self._load)

    async def save(self, tokens: Tokens) -> None:
        """
        Save *tokens* in place of those saved before.

        Raises:
            TokenStoreError: The keyring did not take them.
        """
        await anyio.to_thread.run_sync(self._save, tokens)

    # Backends raise what they like: D-Bus errors, Windows errors, keyring's own.

    def _load(self) -> Tokens | None:
        failure: TokenStoreError | None = None
        kept: Secret[str | None] = Secret(None)
        try:
            kept = Secret(self._keyring.get_password(self._service, self._account))
        except Exception as exc:
            failure = TokenStoreError(f"the keyring cannot be read ({type(exc).__name__})")
        if failure is not None:
            raise failure
        return None if kept.reveal() is None else _parsed(kept, "the keyring's entry")

    def _save(self, tokens: Tokens) -> None:
        failure: TokenStoreError | None = None
        try:
            content = Secret(_dump(tokens).decode())
            self._keyring.set_password(self._service, self._account, content.reveal())
        except Exception as exc:
            failure = TokenStoreError(f"the keyring cannot be written ({type(exc).__name__})")
        if failure is not None:
            raise failure


def _dump(tokens: Tokens) -> bytes:
    return orjson.dumps(attrs.asdict(tokens), option=orjson.OPT_INDENT_2)


def _parsed(kept: Secret[bytes] | Secret[str | None], where: str) -> Tokens:
    """Parse what `_dump` or a person wrote; errors do not quote it."""
    tokens = _tokens_of(kept.reveal() or "")
    if isinstance(tokens, str):
        raise TokenStoreError(f"{where} {tokens}: log in again")
    return tokens


def _tokens_of(content: bytes | str) -> Tokens | str:
    """Return the tokens in *content*, or what is wrong with it."""
    try:
        kept: object = orjson.loads(content)
    except orjson.JSONDecodeError:
        return "is not JSON"
    fields = cast("dict[str, object]", kept) if isinstance(kept, dict) else {}
    match fields.get("refresh_token"), fields.get("access_token", ""):
        case str(refresh_token), str(access_token) if refresh_token.strip():
            expires_at, user_id = fields.get("expires_at"), fields.get("user_id")
            return Tokens(
                refresh_token=refresh_token.strip(),
                access_token=access_token,
                expires_at=float(expires_at) if isinstance(expires_at, int | float) else 0.0,
                user_id=user_id if isinstance(user_id, int) else 0,
            )
        case _:
            return "holds no refresh token"
