"""A file is put into a store of fsspec, as homes of a cluster do it."""

import asyncio

import fsspec

from pixivkit.cluster.places import place_of

asyncio.run(place_of("memory://works").write("1.json", b"{}"))
assert fsspec.filesystem("memory").cat("/works/1.json") == b"{}"
