"""A store for fsspec as buckets are: an object is there whole when it was put, or not at all."""

from __future__ import annotations

import importlib
import io
import os
import secrets
from pathlib import Path
from typing import Any

PROTOCOL = "testbucket"


class _Object(io.BytesIO):
    """An object that is being written; nobody sees it before it is committed."""

    def __init__(self, path: Path, *, autocommit: bool) -> None:
        super().__init__()
        self._path = path
        self._autocommit = autocommit
        self._content = b""

    def close(self) -> None:
        if not self.closed:
            self._content = self.getvalue()
            super().close()
            if self._autocommit:
                self.commit()

    def commit(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_name(f".{secrets.token_hex(8)}")
        new.write_bytes(self._content)
        os.replace(new, self._path)

    def discard(self) -> None:
        super().close()


def register() -> None:
    """Let fsspec know the store; its URLs are ``testbucket:///a/folder/of/this/machine``."""
    fsspec: Any = importlib.import_module("fsspec")

    class TestBucket(fsspec.AbstractFileSystem):  # type: ignore[misc]
        protocol = PROTOCOL
        root_marker = "/"

        def info(self, path: str, **_: Any) -> dict[str, Any]:
            size = Path(self._strip_protocol(path)).stat().st_size
            return {"name": path, "size": size, "type": "file"}

        def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
            files = Path(self._strip_protocol(path)).iterdir()
            found = [self.info(str(file)) for file in files]
            return found if detail else [one["name"] for one in found]

        def makedirs(self, path: str, exist_ok: bool = False) -> None:
            del path, exist_ok

        def open(
            self, path: str, mode: str = "rb", *, autocommit: bool = True, **_: Any
        ) -> _Object:
            assert mode == "wb"
            return _Object(Path(self._strip_protocol(path)), autocommit=autocommit)

    fsspec.register_implementation(PROTOCOL, TestBucket, clobber=True)
