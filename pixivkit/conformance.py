"""
Check recorded replies against the registry: do they structure, and is anything lost?

`check_manifest` reads a CSV with the columns ``file`` and ``endpoint`` (``METHOD
host/path?query``; further columns are ignored) and reports on each file.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast
from urllib.parse import parse_qsl, urlsplit

import attrs
import orjson

from ._core.basics.japan_time import JST
from ._core.calls.error_body import reported_error
from ._core.calls.misfit_policy import MisfitPolicy
from ._core.calls.structure import structure_reply, unstructure
from ._core.declaration.envelope import payload, payload_path
from ._core.structuring.field_types import says_nothing
from ._core.structuring.model_fields import model_fields
from ._core.structuring.structure_errors import Problems
from .errors import DecodeError, InvalidArgument
from .models.base import Model
from .registry import REGISTRY, Endpoint
from .structuring import request_for_reply

__all__ = ["FileReport", "check_body", "check_manifest", "match_endpoint"]


@attrs.frozen(kw_only=True)
class FileReport:
    """
    The result of checking one recorded reply.

    Attributes:
        file: Its path as the manifest names it.
        request: The request it answers, as the manifest names it.
        endpoint: Name of the endpoint; None where none is declared for the request.
        error: Why it could not be structured, with the path, or the error that it is; None where
            it could.
        misfits: What did not fit, with the path; it is kept in `Model.misfits`.
        unknown: Paths of the keys that no field knows; they are kept in `Model.extra`.
        lost: Paths of the leaves that are not there again after unstructuring.
    """

    file: str
    request: str
    endpoint: str | None = None
    error: str | None = None
    misfits: list[str] = attrs.field(factory=list[str])
    unknown: list[str] = attrs.field(factory=list[str])
    lost: list[str] = attrs.field(factory=list[str])

    @property
    def ok(self) -> bool:
        """Whether it structured and lost nothing; misfits and unknown keys are no failure."""
        return self.error is None and not self.lost


def check_manifest(manifest: Path) -> Iterator[FileReport]:
    """
    Check each file that *manifest* lists, in its order; paths are relative to its folder.

    Raises:
        OSError: The manifest cannot be read.
        InvalidArgument: It lists no file, has no ``file`` or ``endpoint`` column, or a row is
            shorter than the first.
    """
    with manifest.open(newline="", encoding="utf-8-sig") as lines:
        rows = csv.DictReader(lines)
        for column in ("file", "endpoint"):
            if column not in (rows.fieldnames or ()):
                msg = f"there is no column {column!r}"
                raise InvalidArgument(msg)
        empty = True
        for row in rows:
            if None in row.values():
                msg = f"line {rows.line_num} is too short"
                raise InvalidArgument(msg)
            empty = False
            yield _check_file(manifest.parent, row["file"], row["endpoint"])
        if empty:
            msg = "it lists no file"
            raise InvalidArgument(msg)


def _check_file(folder: Path, file: str, request: str) -> FileReport:
    matched = match_endpoint(request)
    try:
        text = (folder / file).read_bytes().removeprefix(b"\xef\xbb\xbf")
        reader = matched[0].reader if matched else None
        is_page = reader is not None and text.lstrip().startswith(b"<")
        body = reader.read(text.decode()) if reader and is_page else orjson.loads(text)
    except (OSError, ValueError) as exc:
        name = matched[0].name if matched else None
        return FileReport(file=file, request=request, endpoint=name, error=str(exc))
    if matched is None:
        return FileReport(file=file, request=request)
    endpoint, arguments = matched
    return attrs.evolve(check_body(endpoint, arguments, body), file=file, request=request)


def match_endpoint(request: str) -> tuple[Endpoint, dict[str, object]] | None:
    """
    Find the endpoint that *request* (``METHOD host/path?query``) calls.

    Returns:
        The endpoint and those arguments that choose the type of its reply; None where no
        endpoint is declared for it.
    """
    method, _, url = request.partition(" ")
    split = urlsplit(f"//{url}")
    query = dict(parse_qsl(split.query, keep_blank_values=True))
    found = [
        endpoint
        for endpoint in REGISTRY.values()
        if endpoint.method == method
        and urlsplit(endpoint.base.url).netloc == split.netloc
        and _pattern(endpoint.path).fullmatch(split.path)
    ]
    if not found:
        return None
    endpoint = min(found, key=lambda e: (e.path.count("{"), _disagreements(e, query)))
    arguments: dict[str, object] = {
        param.name: query.get(param.wire) not in (None, "", "0", "false")
        for param in endpoint.params
        if param.name in endpoint.variants
    }
    return endpoint, arguments


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)))


def _disagreements(endpoint: Endpoint, query: Mapping[str, str]) -> int:
    return sum(
        query[param.wire] != str(param.default)
        for param in endpoint.params
        if param.wire in query and isinstance(param.default, str)
    )


def check_body(endpoint: Endpoint, arguments: Mapping[str, object], body: object) -> FileReport:
    """Check one reply of *endpoint* to a call with *arguments*; the report names no file."""
    found = _Misfits()
    report = FileReport(file="", request="", endpoint=endpoint.name, misfits=found.problems)
    if (error := reported_error(endpoint.name, body)) is not None:
        return attrs.evolve(report, error=str(error))
    try:
        value = structure_reply(request_for_reply(endpoint, arguments), body, found)
    except DecodeError as exc:
        return attrs.evolve(report, error="; ".join([*exc.problems, *_rest(exc.more)]))
    path = payload_path(endpoint)
    raw = payload(endpoint, body)
    if endpoint.pick:
        siblings = cast("dict[str, object]", raw)
        outside = path.removesuffix(f".{endpoint.pick}")
        for key in siblings.keys() - {endpoint.pick}:
            report.unknown.append(f"{outside}.{key}")
            report.lost.append(f"{outside}.{key}")
        raw = siblings[endpoint.pick]
    report.unknown.extend(_unknown(value, path))
    report.lost.extend(_lost(raw, unstructure(value), path))
    return report


class _Misfits(MisfitPolicy):
    """Collects misfits."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []

    def report(self, endpoint: str, path: str, problems: Problems) -> None:
        del endpoint
        self.problems += [*problems.format(path), *_rest(problems.more)]


def _rest(more: int) -> list[str]:
    return [f"and {more:,} more"] if more else []


def _unknown(value: object, path: str) -> Iterator[str]:
    if isinstance(value, Model):
        for key in value.extra:
            yield f"{path}.{key}"
        for field in model_fields(type(value)):
            yield from _unknown(getattr(value, field.name), f"{path}.{field.key}")
    elif isinstance(value, list):
        for index, item in enumerate(cast("list[object]", value)):
            yield from _unknown(item, f"{path}[{index}]")
    elif isinstance(value, dict):
        for name, item in cast("dict[object, object]", value).items():
            yield from _unknown(item, f"{path}[{str(name)!r}]")


def _lost(raw: object, kept: object, path: str) -> Iterator[str]:
    """Return the paths of leaves of *raw* that *kept* lacks, but for values that mean the same."""
    if says_nothing(raw):
        if not (not kept or isinstance(kept, dict)):
            yield path
    elif isinstance(raw, dict):
        if not isinstance(kept, dict):
            yield path
            return
        by_name = {str(key): value for key, value in cast("dict[object, object]", kept).items()}
        for key, value in cast("dict[str, object]", raw).items():
            if value is None and key not in by_name:
                continue  # nothing was there
            if key in by_name:
                yield from _lost(value, by_name[key], f"{path}.{key}")
            else:
                yield f"{path}.{key}"
    elif isinstance(raw, list):
        values = cast("list[object]", raw)
        if not isinstance(kept, list) or len(values) != len(cast("list[object]", kept)):
            yield path
            return
        for index, pair in enumerate(zip(values, cast("list[object]", kept), strict=True)):
            yield from _lost(*pair, f"{path}[{index}]")
    elif not _same(raw, kept):
        yield path


def _same(raw: object, kept: object) -> bool:
    if type(raw) is type(kept) and raw == kept:
        return True
    if isinstance(raw, str) and isinstance(kept, bool):
        return raw == ("true" if kept else "false")
    if isinstance(raw, str) and isinstance(kept, int):
        return raw.removeprefix("-").isdigit() and int(raw) == kept
    if isinstance(raw, str) and isinstance(kept, str):
        return _instant(raw) is not None and _instant(raw) == _instant(kept)
    return isinstance(raw, int | float) and isinstance(kept, int | float) and raw == kept


def _instant(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=JST)
