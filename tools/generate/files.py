"""The files that are made from what pixivkit declares."""

from __future__ import annotations

import json
from pathlib import Path

from pixivkit.openapi import export

from . import clients, public, tables

_RELIED_ON = {
    "spec/public-names.txt": public.name_lines,
    "spec/requests.txt": public.request_lines,
}


def made(root: Path) -> dict[str, str]:
    """Return the content of each file, by its name."""
    readme = (root / "README.md").read_text("utf-8")
    return {
        "README.md": tables.with_resources(readme),
        "spec/endpoints.md": tables.endpoints_page(),
        "spec/openapi.json": json.dumps(export(), ensure_ascii=False, indent=2) + "\n",
        **clients.pages(root),
        **{name: "\n".join([*lines(), ""]) for name, lines in _RELIED_ON.items()},
    }


def unnamed_losses(root: Path) -> list[str]:
    """Return public names and requests that changed and that the changelog does not name."""
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    return [
        line
        for name, lines in _RELIED_ON.items()
        if (root / name).exists()
        for line in public.unnamed_losses(
            (root / name).read_text("utf-8").splitlines(), lines(), changelog
        )
    ]
