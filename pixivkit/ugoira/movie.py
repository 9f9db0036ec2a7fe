"""Make a video of an ugoira with ffmpeg."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal, TypeAlias

import anyio
import anyio.to_thread
from anyio.abc import Process

from .._core.basics.new_file import new_path
from ..download.disk import in_thread
from ..errors import UgoiraError
from .archive import UgoiraArchive
from .folder import MANIFEST, Stored, manifest, store_frames
from .stoppable import in_stoppable_thread

__all__ = ["MovieFormat", "find_ffmpeg", "write_movie"]

MovieFormat: TypeAlias = Literal["mp4", "webm"]

# Without pictures that refer to later ones: with them, players and ffmpeg itself disagree about
# how long the last one is.
_CODECS: Final[dict[MovieFormat, Sequence[str]]] = {
    "mp4": (
        *("-c:v", "libx264", "-preset", "medium", "-crf", "18", "-bf", "0"),
        *("-movflags", "+faststart", "-video_track_timescale", "1000"),
    ),
    "webm": ("-c:v", "libvpx-vp9", "-b:v", "0", "-crf", "24", "-row-mt", "1"),
}
_LONGEST_SAID: Final = 600


def find_ffmpeg() -> str:
    """
    Return the path of ffmpeg.

    Raises:
        UgoiraError: It is not installed.
    """
    found = shutil.which("ffmpeg")
    if found is None:
        error = UgoiraError("ffmpeg, which makes videos, is not installed")
        error.hint = "install ffmpeg 5.1 or newer, so that it is found on the PATH"
        raise error
    return found


async def write_movie(archive: UgoiraArchive, to: Path, format: MovieFormat) -> None:
    """
    Make a video of *archive*, with a frame for each of its frames.

    Raises:
        UgoiraError: ffmpeg is not installed, fails, or cannot read frames of this kind.
        StorageError: The system refuses it.
    """
    ffmpeg = find_ffmpeg()
    folder = Path(await in_thread(to, lambda: tempfile.mkdtemp(prefix="pixivkit-ugoira-")))
    try:
        stored = await in_stoppable_thread(
            to, lambda check: store_frames(archive, folder, check, renamed=True)
        )
        _require_video(stored)
        text = manifest(stored)
        await in_thread(to, lambda: (folder / MANIFEST).write_text(text, "utf-8", newline="\n"))
        made = folder / f"movie.{format}"
        await _run(_command(ffmpeg, stored, made, format), folder)
        await in_thread(to, lambda: _place(made, to))
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(lambda: shutil.rmtree(folder, ignore_errors=True))


async def _run(command: list[str], folder: Path) -> None:
    """
    Run a program in *folder*; it is killed where this is cancelled.

    Raises:
        UgoiraError: It cannot be started, or fails; its last words are in the message.
    """
    started: list[Process] = []
    try:
        # Nothing interrupts the start, so that what was started is known, and ends with this.
        with anyio.CancelScope(shield=True):
            started.append(
                await anyio.open_process(
                    command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=folder
                )
            )
    except OSError as exc:
        raise UgoiraError(f"ffmpeg cannot be started: {exc.strerror or exc}") from exc
    said = b""
    [process] = started
    async with process:
        assert process.stderr is not None
        async for chunk in process.stderr:
            said = (said + chunk)[-_LONGEST_SAID:]
        status = await process.wait()
    if status:
        words = said.decode("utf-8", "replace").strip()
        raise UgoiraError(f"ffmpeg ended with status {status}: {words}")


def _place(made: Path, to: Path) -> None:
    """Move *made* to where it belongs, which may be on another disk."""
    with new_path(to) as unfinished:
        shutil.move(made, unfinished)


def _require_video(stored: Stored) -> None:
    if len(stored.kinds) > 1 or "gif" in stored.kinds:
        kinds = " and ".join(sorted(stored.kinds))
        raise UgoiraError(f"videos are made of frames that are all JPEG, or all PNG, not {kinds}")


def _command(ffmpeg: str, stored: Stored, to: Path, format: MovieFormat) -> list[str]:
    # The chroma of yuv420p, which all players take, has half as many pixels.
    width, height = (number + number % 2 for number in stored.size)
    size = f"{width}:{height}"
    fitted = (
        f"scale={size}:force_original_aspect_ratio=decrease:flags=lanczos,"
        f"pad={size}:-1:-1:color=white,setsar=1,format=yuv420p"
    )
    return [
        *(ffmpeg, "-nostdin", "-hide_banner", "-loglevel", "error", "-xerror"),
        *("-err_detect", "explode", "-f", "concat", "-safe", "0", "-i", MANIFEST),
        *("-vf", fitted, "-fps_mode", "vfr", "-enc_time_base", "1/1000", "-an"),
        *_CODECS[format],
        *("-map_metadata", "-1", "-f", format, "-y", str(to)),
    ]
