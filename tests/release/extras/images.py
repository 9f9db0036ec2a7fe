"""An ugoira becomes an animation."""

import asyncio
import io
import tempfile
import zipfile
from pathlib import Path

from PIL import Image

from pixivkit.models.app import UgoiraFrame
from pixivkit.ugoira import export


def archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        for number, colour in enumerate(("navy", "orange")):
            frame = io.BytesIO()
            Image.new("RGB", (8, 8), colour).save(frame, "jpeg")
            zipped.writestr(f"{number:06}.jpg", frame.getvalue())
    return made.getvalue()


async def main(path: Path) -> None:
    frames = [UgoiraFrame(file=f"{number:06}.jpg", delay=100) for number in range(2)]
    await export(archive(), frames, path)
    with Image.open(path) as made:
        assert (made.format, made.n_frames) == ("WEBP", 2)


with tempfile.TemporaryDirectory() as folder:
    asyncio.run(main(Path(folder) / "loop.webp"))
