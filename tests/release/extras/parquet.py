"""Works are written to a Parquet file."""

import asyncio
import tempfile
from pathlib import Path

import pyarrow.parquet

from pixivkit import structure
from pixivkit.examples import examples_of
from pixivkit.sinks import Parquet


async def main(path: Path) -> None:
    work = structure("app.illust.detail", examples_of("app.illust.detail")[0].reply)
    async with Parquet(path) as sink:
        await sink.write(work)
    assert pyarrow.parquet.read_table(path).column("id").to_pylist() == [work.id]


with tempfile.TemporaryDirectory() as folder:
    asyncio.run(main(Path(folder) / "works.parquet"))
