"""A lock between processes: one has it at a time, and nobody keeps it for ever."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import anyio
import anyio.to_thread
import pytest

from pixivkit._core.basics.file_lock import FileLock, LockOwner, held_lock

pytestmark = pytest.mark.anyio

CHILD = Path(__file__).with_name("lock_holder.py")


@contextmanager
def another_process(lock: Path) -> Generator[subprocess.Popen[str]]:
    """A process that has the lock, until it is killed or the block ends."""
    with subprocess.Popen(
        [sys.executable, str(CHILD), "hold", str(lock)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        yield child
        child.communicate()


def is_free(lock: Path) -> bool:
    try:
        FileLock(lock).release()
    except BlockingIOError:
        return False
    return True


async def test_one_task_has_it_at_a_time(tmp_path: Path) -> None:
    inside: list[int] = []
    most = 0

    async def work(number: int) -> None:
        nonlocal most
        async with held_lock(tmp_path / "lock"):
            inside.append(number)
            most = max(most, len(inside))
            await anyio.lowlevel.checkpoint()
            inside.remove(number)

    async with anyio.create_task_group() as tasks:
        for number in range(5):
            tasks.start_soon(work, number)
    assert most == 1
    assert is_free(tmp_path / "lock")


@pytest.mark.skipif(sys.platform == "win32", reason="there are other rights there")
async def test_the_file_and_a_new_folder_are_the_owners_alone(tmp_path: Path) -> None:
    lock = tmp_path / "new" / "lock"
    async with held_lock(lock):
        assert stat.S_IMODE(lock.stat().st_mode) == 0o600
        assert stat.S_IMODE(lock.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="links are for administrators there")
async def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match=r"symbolic|links"):
        async with held_lock(tmp_path / "lock"):
            pass
    assert not (tmp_path / "elsewhere").exists()


async def test_an_error_of_the_block_comes_out_and_the_lock_is_free(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with held_lock(tmp_path / "lock"):
            _ = 1 / 0
    assert is_free(tmp_path / "lock")


async def test_other_tasks_run_while_one_waits_for_another_process(tmp_path: Path) -> None:
    entered = anyio.Event()

    async def wait() -> None:
        async with held_lock(tmp_path / "lock"):
            entered.set()

    with another_process(tmp_path / "lock") as child, anyio.fail_after(30):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(wait)
            for _ in range(100):
                await anyio.lowlevel.checkpoint()
            assert not entered.is_set()
            assert child.stdin is not None
            child.stdin.close()
            child.stdin = None
            await entered.wait()


async def test_a_killed_process_has_no_lock(tmp_path: Path) -> None:
    with another_process(tmp_path / "lock") as child, anyio.fail_after(30):
        assert not is_free(tmp_path / "lock")
        os.kill(child.pid, signal.SIGKILL)
        async with held_lock(tmp_path / "lock"):
            pass


async def test_waiting_may_be_cancelled(tmp_path: Path) -> None:
    with another_process(tmp_path / "lock"):
        with anyio.move_on_after(0.05) as scope:
            async with held_lock(tmp_path / "lock"):
                pytest.fail("another process has it")
        assert scope.cancelled_caught
    assert is_free(tmp_path / "lock")


def test_cancelled_by_asyncio_itself_at_any_moment_it_is_free(tmp_path: Path) -> None:
    async def hold(entered: asyncio.Event) -> None:
        async with held_lock(tmp_path / "lock"):
            entered.set()
            await asyncio.sleep(3600)

    async def run() -> None:
        for steps in range(12):
            entered = asyncio.Event()
            task = asyncio.create_task(hold(entered))
            for _ in range(steps):
                await asyncio.sleep(0)
            if steps == 11:
                await entered.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            # A thread that was left behind may have it for a moment.
            async with asyncio.timeout(30), held_lock(tmp_path / "lock"):
                pass
            assert is_free(tmp_path / "lock")

    asyncio.run(run())


def test_a_thread_that_was_left_behind_does_not_keep_it(tmp_path: Path) -> None:
    owner = LockOwner(tmp_path / "lock")

    def left_meanwhile() -> bool:
        taken = owner.take()
        owner.leave()
        assert not is_free(tmp_path / "lock")
        return taken

    assert owner.run(left_meanwhile)
    assert is_free(tmp_path / "lock")
    assert owner.run(owner.take)
    assert is_free(tmp_path / "lock")


def test_a_lock_whose_file_is_removed_leaves_nothing(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock", removed=True)
    with pytest.raises(BlockingIOError):
        FileLock(tmp_path / "lock", removed=True)
    lock.release()
    assert not (tmp_path / "lock").exists()


async def test_processes_never_have_it_together(tmp_path: Path) -> None:
    file = tmp_path / "count"
    file.write_text("0")
    command = [sys.executable, str(CHILD), "count", str(tmp_path / "lock"), str(file), "50"]
    async with anyio.create_task_group() as tasks:
        for _ in range(3):
            tasks.start_soon(anyio.run_process, command)
    assert file.read_text() == "150"
    assert is_free(tmp_path / "lock")


async def test_a_file_that_is_removed_with_its_lock_is_never_had_by_two(tmp_path: Path) -> None:
    inside: list[int] = []
    most = 0

    def work() -> None:
        nonlocal most
        for number in range(200):
            try:
                lock = FileLock(tmp_path / "lock", removed=True)
            except BlockingIOError:
                continue
            inside.append(number)
            most = max(most, len(inside))
            inside.pop()
            lock.release()

    async with anyio.create_task_group() as tasks:
        for _ in range(4):
            tasks.start_soon(anyio.to_thread.run_sync, work)
    assert most == 1
    assert not (tmp_path / "lock").exists()
