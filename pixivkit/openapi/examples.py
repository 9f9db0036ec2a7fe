"""Write the example calls and replies of endpoints in OpenAPI's format."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast
from urllib.parse import parse_qsl, urlsplit

from .._core.declaration.reader import Reader
from ..examples import Example
from .schemas import Schema

__all__ = ["add_examples"]

_SEPARATORS: Final = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


def add_examples(
    operation: Schema, examples: Iterable[Example], reader: Reader | None = None
) -> None:
    """Add *examples* to the *operation* that they call: arguments, bodies, replies, or pages."""
    replies: dict[str, Schema] = {}
    bodies: dict[str, Schema] = {}
    for example in examples:
        label = f"{example.endpoint}-{example.name}"
        if example.has_reply:
            replies[label] = {"value": reader.page(example.reply) if reader else example.reply}
        for media in operation.get("requestBody", {}).get("content", {}).values():
            if (body := _body(media["schema"], example)) is not None:
                bodies[label] = {"value": body}
        query = parse_qsl(urlsplit(example.request.url).query, keep_blank_values=True)
        for parameter in operation.get("parameters", ()):
            # A call with more arguments comes after the usual one.
            if (value := _argument(parameter, example, query)) is not None:
                parameter.setdefault("example", value)
    for media in operation["responses"]["200"]["content"].values():
        media["examples"] = replies
    for media in operation.get("requestBody", {}).get("content", {}).values():
        if bodies:
            media["examples"] = bodies


def _argument(parameter: Schema, example: Example, query: list[tuple[str, str]]) -> object:
    if parameter["in"] == "path":
        return example.call.get(parameter["name"])
    texts = [text for key, text in query if key == parameter["name"]]
    if "style" in parameter:
        separator = _SEPARATORS[parameter["style"]]
        texts = [one for text in texts for one in text.split(separator)]
    return _typed(parameter["schema"], texts)


def _body(schema: Schema, example: Example) -> object:
    request = example.request
    if request.json is not None:
        return cast("object", request.json)
    if request.form is None:
        # Files have no spelling in JSON.
        return None
    keys = dict.fromkeys(key for key, _ in request.form)
    return {
        key: _typed(
            schema["properties"][key], [text for name, text in request.form if name == key]
        )
        for key in keys
    }


def _typed(schema: Schema, texts: list[str]) -> object:
    """Return the value of *texts*; None where there are none."""
    if schema.get("type") == "array":
        return [_typed(schema["items"], [text]) for text in texts] or None
    if not texts:
        return None
    match schema.get("type"):
        case "integer":
            return int(texts[0])
        case "number":
            return float(texts[0])
        case "boolean":
            return texts[0] == "true"
        case _:
            return texts[0]
