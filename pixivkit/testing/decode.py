"""From the wire back to arguments: the reverse of what the client does, and as strict."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

import attrs
import orjson

from .._core.declaration.argument_types import (
    AnyOf,
    ArgumentType,
    Choice,
    Day,
    Flag,
    ListOf,
    Number,
)
from .._core.declaration.endpoint import Endpoint, Param
from .._core.declaration.paging import LARGEST_OFFSET, NextUrl
from .accepted import also_taken, respelled
from .messages import ReceivedRequest

__all__ = ["Problems", "decode"]

Problems = dict[str, list[str]]
Pairs = Sequence[tuple[str, str]]

_INDEXED = re.compile(r"(.+)\[\d*\]")
_LEAST = -(2**63)
_WHOLE = r"-?[0-9]{1,19}"
_NUMBER = r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?"
_MISSING = object()


def decode(
    endpoint: Endpoint,
    received: ReceivedRequest,
    segments: Mapping[str, str],
    *,
    strict: bool = True,
) -> tuple[dict[str, Any], Problems]:
    """
    Read the arguments of a request.

    Args:
        endpoint: What was asked for.
        received: The request.
        segments: The parameters in the path, without percent-encoding.
        strict: Whether what is unknown is wrong; else it is ignored.

    Returns:
        The arguments by name, and what is wrong with them by wire name.
    """
    problems: Problems = {}
    received = attrs.evolve(received, fields=respelled(endpoint, received.fields))
    json = _json_object(endpoint, received, problems)
    arguments: dict[str, Any] = {}
    for param in endpoint.params:
        try:
            value = _value(param, received, segments, json)
            if value is _MISSING:
                value = _default(param)
            elif param.place != "path" or not isinstance(value, str):
                value = param.check(value)
        except ValueError as exc:
            problems[param.wire] = [f"{param.wire} {exc}"]
            continue
        arguments[param.name] = list(cast("Any", value)) if isinstance(value, tuple) else value
    if strict:
        _unknown(endpoint, received, json, problems)
    _offset(endpoint, received, arguments, problems)
    return arguments, problems


def _json_object(
    endpoint: Endpoint, received: ReceivedRequest, problems: Problems
) -> Mapping[str, Any]:
    if endpoint.method != "POST" or endpoint.body != "json":
        return {}
    kind = received.headers.get("content-type", "").partition(";")[0]
    try:
        found = orjson.loads(received.body) if kind == "application/json" else None
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        problems["body"] = ["the body must be a JSON object"]
        return {}
    return cast("dict[str, Any]", found)


def _default(param: Param) -> object:
    if not param.required:
        return param.default
    if param.accepts.optional:
        return None
    msg = "is required"
    raise ValueError(msg)


def _value(
    param: Param, received: ReceivedRequest, segments: Mapping[str, str], json: Mapping[str, Any]
) -> object:
    accepts = param.accepts
    if param.is_file:
        files = tuple(file.content for file in received.files if file.field == param.wire)
        return (files if isinstance(accepts.kind, ListOf) else files[-1]) if files else _MISSING
    if param.place == "json":
        if param.wire not in json:
            return _MISSING
        return _from_json(param, json[param.wire])
    if param.place == "path":
        return _from_text(param, accepts, segments[param.name])
    pairs = received.query if param.place == "query" else received.fields
    bare = param.wire.removesuffix("[]")
    if isinstance(accepts.kind, ListOf):
        texts = [value for key, value in pairs if _bare(key) == bare]
        if not texts:
            return _MISSING
        if param.spelling.join is not None:
            texts = texts[-1].split(param.spelling.join) if texts[-1] else []
        item = accepts.kind.item
        return tuple(_from_text(param, item, text) for text in texts)
    texts = [value for key, value in pairs if key == param.wire]
    # PHP takes the last of several.
    return _from_text(param, accepts, texts[-1]) if texts else _MISSING


def _bare(key: str) -> str:
    found = _INDEXED.fullmatch(key)
    return found[1] if found else key


def _from_text(param: Param, accepts: ArgumentType, text: str) -> object:
    match accepts.kind:
        case AnyOf((*others, last)):
            for option in others:
                try:
                    return _from_text(param, option, text)
                except ValueError:
                    continue
            return _from_text(param, last, text)
        case Choice(values):
            for value in values:
                if text == _spelled(param, value):
                    return value
            msg = f"must be one of {', '.join(_spelled(param, value) for value in values)}"
            raise ValueError(msg)
        case Flag():
            no, yes = ("0", "1") if param.spelling.digit else ("false", "true")
            if text not in (no, yes):
                msg = f"must be {yes} or {no}"
                raise ValueError(msg)
            return text == yes
        case Number(whole):
            if not re.fullmatch(_WHOLE if whole else _NUMBER, text):
                msg = "must be a number"
                raise ValueError(msg)
            if whole and not _LEAST <= int(text) < -_LEAST:
                msg = "must be a number of 64 bits"
                raise ValueError(msg)
            return int(text) if whole else float(text)
        case Day(or_text=False):
            try:
                return dt.datetime.strptime(text, param.spelling.date).date()
            except ValueError:
                example = param.spelling.day(dt.date(2026, 1, 31))
                msg = f"must be a date such as {example}"
                raise ValueError(msg) from None
        case _:
            return text


def _spelled(param: Param, option: object) -> str:
    if isinstance(option, bool):
        return str(int(option)) if param.spelling.digit else str(option).lower()
    return str(option)


def _from_json(param: Param, value: object) -> object:
    if isinstance(value, list):
        return tuple(cast("list[object]", value))
    if param.spelling.text:
        if not isinstance(value, str):
            msg = "must be a string"
            raise ValueError(msg)
        return _from_text(param, param.accepts, value)
    if param.spelling.digit and param.accepts.kind == Flag():
        return _from_text(param, param.accepts, str(value))
    return value


def _unknown(
    endpoint: Endpoint, received: ReceivedRequest, json: Mapping[str, Any], problems: Problems
) -> None:
    wires = {place: set[str]() for place in ("path", "query", "form", "multipart", "json")}
    for param in endpoint.params:
        wires[param.place].add(param.wire.removesuffix("[]"))
        if param.spelling.repeat_in_query:
            wires["query"].add(param.wire)
    if isinstance(endpoint.paging, NextUrl):
        wires["query"].add("offset")
    also = also_taken(endpoint)
    sent = [("query", key) for key, _ in received.query]
    if endpoint.method == "POST":
        sent += [(endpoint.body, key) for key, _ in received.fields]
        sent += [(endpoint.body, file.field) for file in received.files]
        sent += [("json", key) for key in json]
    for place, key in sent:
        if _bare(key) not in wires[place] and key not in also:
            problems.setdefault(key, []).append(f"{key} is unknown")


def _offset(
    endpoint: Endpoint, received: ReceivedRequest, arguments: dict[str, Any], problems: Problems
) -> None:
    if not isinstance(endpoint.paging, NextUrl):
        return
    if "offset" not in arguments:
        sent = dict(received.query).get("offset", "0")
        arguments["offset"] = int(sent) if sent.isascii() and sent.isdigit() else 0
    if (arguments["offset"] or 0) > LARGEST_OFFSET:
        problems["offset"] = [f"offset must be no more than {LARGEST_OFFSET}"]
