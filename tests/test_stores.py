"""Where tokens are kept: private, whole after any crash, and shown to nobody."""

from __future__ import annotations

import errno
import logging
import os
import stat
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path

import anyio
import pytest

from pixivkit import Tokens, TokenStore
from pixivkit.errors import PixivError, TokenStoreError
from pixivkit.token_stores import (
    FileTokenStore,
    KeyringTokenStore,
    MemoryTokenStore,
    default_token_path,
)

pytestmark = pytest.mark.anyio

OLD = Tokens("refresh-old", "access-old", 1_790_000_000.5, 90000010)
NEW = Tokens("refresh-new", "access-new", 1_790_003_600.0, 90000010)

needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")


class FakeKeyring(types.ModuleType):
    """What the package ``keyring`` offers, in memory."""

    def __init__(self) -> None:
        super().__init__("keyring")
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service_name: str, username: str) -> str | None:
        return self.entries.get((service_name, username))

    def set_password(self, service_name: str, username: str, password: str) -> None:
        self.entries[service_name, username] = password


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    fake = FakeKeyring()
    monkeypatch.setitem(sys.modules, "keyring", fake)
    return fake


@pytest.fixture(params=["memory", "file", "keyring"])
def store(request: pytest.FixtureRequest, tmp_path: Path, keyring: FakeKeyring) -> TokenStore:
    del keyring
    made: dict[str, Callable[[], TokenStore]] = {
        "memory": MemoryTokenStore,
        "file": lambda: FileTokenStore(tmp_path / "tokens.json"),
        "keyring": KeyringTokenStore,
    }
    return made[str(request.param)]()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


# What all stores do


async def test_a_store_keeps_what_was_saved_last(store: TokenStore) -> None:
    assert await store.load() is None
    await store.save(OLD)
    assert await store.load() == OLD
    await store.save(NEW)
    assert await store.load() == NEW


async def test_a_store_shows_no_token(store: TokenStore, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await store.save(OLD)
    await store.load()
    for shown in (repr(store), str(store), caplog.text):
        assert "refresh-old" not in shown
        assert "access-old" not in shown


# The file


async def test_the_file_outlives_the_store(tmp_path: Path) -> None:
    await FileTokenStore(tmp_path / "tokens.json").save(OLD)
    assert await FileTokenStore(str(tmp_path / "tokens.json")).load() == OLD


async def test_a_path_may_start_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert FileTokenStore("~/tokens.json").path == tmp_path / "tokens.json"


async def test_a_file_written_by_hand_needs_only_the_refresh_token(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    path.write_text('{"refresh_token": " refresh-old\\n", "note": "mine"}')
    path.chmod(0o600)
    assert await FileTokenStore(path).load() == Tokens("refresh-old")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "refresh-old",
        '{"refresh_token": "refresh-old"',
        '["refresh-old"]',
        '{"refresh_token": ["refresh-old"]}',
        '{"refresh_token": " ", "access_token": "refresh-old"}',
    ],
)
async def test_a_file_that_holds_no_tokens_is_an_error_that_does_not_quote_it(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "tokens.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(TokenStoreError, match="log in again") as refused:
        await FileTokenStore(path).load()
    assert str(path) in str(refused.value)
    assert "refresh-old" not in str(refused.value)
    await FileTokenStore(path).save(NEW)
    assert await FileTokenStore(path).load() == NEW


@needs_modes
async def test_file_and_folder_are_private(tmp_path: Path) -> None:
    path = tmp_path / "settings" / "pixivkit" / "tokens.json"
    before = os.umask(0)
    try:
        await FileTokenStore(path).save(OLD)
    finally:
        os.umask(before)
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


@needs_modes
async def test_the_file_is_private_before_it_holds_a_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[int, int]] = []
    open_file = os.open

    def watched(path: str, flags: int, *args: int, **kwargs: int) -> int:
        descriptor = open_file(path, flags, *args, **kwargs)
        if flags & os.O_CREAT:
            state = os.fstat(descriptor)
            made.append((stat.S_IMODE(state.st_mode), state.st_size))
        return descriptor

    before = os.umask(0)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(os, "open", watched)
            await FileTokenStore(tmp_path / "tokens.json").save(OLD)
    finally:
        os.umask(before)
    assert made == [(0o600, 0)]


@needs_modes
async def test_a_file_that_others_can_read_is_made_private(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "tokens.json"
    await FileTokenStore(path).save(OLD)
    path.chmod(0o644)
    assert await FileTokenStore(path).load() == OLD
    assert mode(path) == 0o600
    assert "private now" in caplog.text

    path.chmod(0o644)
    await FileTokenStore(path).save(NEW)
    assert mode(path) == 0o600


@needs_modes
async def test_a_file_that_cannot_be_made_private_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: int) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    path = tmp_path / "tokens.json"
    await FileTokenStore(path).save(OLD)
    path.chmod(0o644)
    monkeypatch.setattr(os, "fchmod", refuse)
    with pytest.raises(TokenStoreError, match="open to others"):
        await FileTokenStore(path).load()


@needs_modes
async def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "tokens.json"
    link.symlink_to(tmp_path / "real" / "tokens.json")
    await FileTokenStore(link).save(OLD)
    await FileTokenStore(link).save(NEW)
    assert link.is_symlink()
    assert await FileTokenStore(tmp_path / "real" / "tokens.json").load() == NEW


async def test_a_path_that_is_no_file_is_an_error_of_the_store(tmp_path: Path) -> None:
    with pytest.raises(TokenStoreError, match="cannot be read"):
        await FileTokenStore(tmp_path).load()
    with pytest.raises(TokenStoreError, match="cannot be written"):
        await FileTokenStore(tmp_path).save(OLD)
    (tmp_path / "file").write_text("")
    with pytest.raises(TokenStoreError, match="cannot be written"):
        await FileTokenStore(tmp_path / "file" / "tokens.json").save(OLD)


# Crashes


class PowerCut(BaseException):
    """Ends everything, as no handler for errors would see."""


STEPS = ["make", "write", "sync", "replace", "sync_folder"]


def fail_at(step: str, failure: BaseException, patch: pytest.MonkeyPatch) -> None:
    """Let saves fail at *step*, before it is done."""

    def fail(*_: object, **__: object) -> None:
        raise failure

    def is_folder(descriptor: int) -> bool:
        return stat.S_ISDIR(os.fstat(descriptor).st_mode)

    sync = os.fsync

    def fail_at_file(descriptor: int) -> None:
        sync(descriptor) if is_folder(descriptor) else fail()

    def fail_at_folder(descriptor: int) -> None:
        fail() if is_folder(descriptor) else sync(descriptor)

    match step:
        case "make":
            patch.setattr("tempfile.mkstemp", fail)
        case "write":
            patch.setattr("builtins.open", fail)
        case "sync":
            patch.setattr(os, "fsync", fail_at_file)
        case "replace":
            patch.setattr(os, "replace", fail)
        case _:
            patch.setattr(os, "fsync", fail_at_folder)


@needs_modes
@pytest.mark.parametrize("step", STEPS)
async def test_a_save_that_fails_leaves_whole_tokens_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    store = FileTokenStore(tmp_path / "tokens.json")
    await store.save(OLD)
    with monkeypatch.context() as patch:
        fail_at(step, OSError(errno.EIO, "Input/output error"), patch)
        with pytest.raises(TokenStoreError, match="Input/output error") as failed:
            await store.save(NEW)
    assert isinstance(failed.value, PixivError)
    assert "refresh-new" not in str(failed.value)
    assert await store.load() == (NEW if step == "sync_folder" else OLD)
    assert files_in(tmp_path) == [store.path]
    await store.save(NEW)
    assert await store.load() == NEW


@needs_modes
@pytest.mark.parametrize("step", STEPS)
async def test_a_crash_leaves_whole_tokens_and_at_most_a_private_file_that_nobody_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def too_late(_: object) -> None:
        raise PowerCut

    store = FileTokenStore(tmp_path / "tokens.json")
    await store.save(OLD)
    with monkeypatch.context() as patch:
        fail_at(step, PowerCut(), patch)
        patch.setattr(os, "unlink", too_late)
        with pytest.raises(PowerCut):
            await store.save(NEW)
    assert await store.load() == (NEW if step == "sync_folder" else OLD)
    assert {mode(path) for path in files_in(tmp_path)} == {0o600}
    await store.save(NEW)
    assert await store.load() == NEW


@needs_modes
async def test_a_folder_that_cannot_be_synced_is_good_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at("sync_folder", OSError(errno.EINVAL, "Invalid argument"), monkeypatch)
    store = FileTokenStore(tmp_path / "tokens.json")
    await store.save(OLD)
    assert await store.load() == OLD


SAVE_FOR_EVER = """
import sys, anyio
from pixivkit import Tokens
from pixivkit.token_stores import FileTokenStore

async def main():
    store = FileTokenStore(sys.argv[1])
    for number in range(int(sys.argv[2]), 1_000_000):
        await store.save(Tokens(f"refresh-{number}", "x" * 20_000, 0.0, number))
        print(number, flush=True)

anyio.run(main)
"""


@needs_modes
def test_a_killed_process_leaves_what_it_saved_last(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    start = 0
    for saves in (1, 7, 20):
        command = [sys.executable, "-c", SAVE_FOR_EVER, str(path), str(start)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            saved = [int(child.stdout.readline()) for _ in range(saves)]
            child.kill()
            saved += [int(line) for line in child.stdout if line.endswith("\n")]
        kept = anyio.run(FileTokenStore(path).load)
        assert kept is not None
        # What it reported is on the disk, or the one save after it that it could not report.
        assert kept.user_id in (saved[-1], saved[-1] + 1)
        assert kept.refresh_token == f"refresh-{kept.user_id}"
        assert len(kept.access_token) == 20_000
        start = kept.user_id + 1
    assert {mode(left) for left in files_in(tmp_path)} == {0o600}


async def test_saves_at_the_same_time_leave_one_of_them_whole(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    async with anyio.create_task_group() as tasks:
        for number in range(20):
            tasks.start_soon(
                FileTokenStore(path).save, Tokens(f"refresh-{number}", "", 0.0, number)
            )
    kept = await FileTokenStore(path).load()
    assert kept is not None
    assert kept.refresh_token == f"refresh-{kept.user_id}"
    assert files_in(tmp_path) == [path]


# The keyring


async def test_accounts_in_the_keyring_are_apart(keyring: FakeKeyring) -> None:
    await KeyringTokenStore(account="main").save(OLD)
    await KeyringTokenStore(account="spare").save(NEW)
    assert await KeyringTokenStore(account="main").load() == OLD
    assert await KeyringTokenStore().load() is None
    assert set(keyring.entries) == {("pixivkit", "main"), ("pixivkit", "spare")}


async def test_without_the_extra_the_keyring_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(TokenStoreError, match=r"pip install 'pixivkit-async\[keyring\]'"):
        KeyringTokenStore()


async def test_a_locked_keyring_is_an_error_of_the_store(
    keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*args: str) -> str:
        raise RuntimeError(f"locked: {args}")

    monkeypatch.setattr(keyring, "get_password", locked)
    monkeypatch.setattr(keyring, "set_password", locked)
    store = KeyringTokenStore()
    with pytest.raises(TokenStoreError, match="cannot be read"):
        await store.load()
    with pytest.raises(TokenStoreError, match="cannot be written") as failed:
        await store.save(OLD)
    assert "refresh-old" not in str(failed.value)


# The usual place


async def test_the_usual_file_is_among_the_settings_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("APPDATA", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert default_token_path() == tmp_path / ".config" / "pixivkit" / "tokens.json"
    monkeypatch.setenv("APPDATA", str(tmp_path / "roaming"))
    assert default_token_path() == tmp_path / "roaming" / "pixivkit" / "tokens.json"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    assert default_token_path() == tmp_path / "settings" / "pixivkit" / "tokens.json"
