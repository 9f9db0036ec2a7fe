"""Print results: one of them with all its fields, or many as the rows of a table."""

from __future__ import annotations

from collections.abc import AsyncIterable
from typing import cast

from .._core.structuring.model_fields import model_fields
from ..models.base import Model
from ..models.display import BoundedRepr, card_rows
from ..structuring import unstructure
from .output import Output, leaves

__all__ = ["show_item", "show_items", "show_result"]

_SHOWN = (
    "id", "illust_id", "user_id", "rank", "title", "name", "tag", "user_name", "user", "type",
    "comment", "create_date",
)  # fmt: skip
_COLUMN = 16


def show_result(output: Output, value: object) -> None:
    """Print one result: JSON, a card on a terminal, a line for each value elsewhere."""
    if output.as_json:
        output.json(unstructure(value))
    elif output.plain:
        output.table(("field", "value"), list(leaves(unstructure(value))))
    else:
        rows = card_rows(value) if isinstance(value, BoundedRepr) else [("", [repr(value)])]
        output.table(("", ""), [(name, " · ".join(lines)) for name, lines in rows])


def show_item(output: Output, item: object) -> None:
    """Print one item of a list on one line."""
    if output.as_json:
        output.json(unstructure(item), indent=False)
    else:
        output.line(*(text for _, text in _cells(item)), style="cyan")


async def show_items(output: Output, items: AsyncIterable[object]) -> int:
    """
    Print *items*: a line for each as it comes, or on a terminal a table at the end.

    Returns:
        How many there were.
    """
    rows: list[list[tuple[str, object]]] = []
    count = 0
    async for item in items:
        count += 1
        if output.as_json or output.plain:
            show_item(output, item)
        else:
            rows.append(_cells(item))
    if rows:
        # What does not fit would be folded into columns of a letter or two.
        shown = max(2, output.console.width // _COLUMN)
        names = [name for name, _ in rows[0][:shown]]
        output.table(names, [[cell for _, cell in row[:shown]] for row in rows])
    return count


def _cells(item: object) -> list[tuple[str, object]]:
    """Return the fields that identify *item*, by name."""
    named = _with_id(item)
    if not isinstance(named, Model):
        return [("", named)]
    names = [field.name for field in model_fields(type(named))]
    chosen = [name for name in _SHOWN if name in names] or names[:5]
    return [(name, _cell(named, name)) for name in chosen]


def _with_id(item: object) -> object:
    """Return *item*, or the user in it where it has no id of its own."""
    if hasattr(item, "id") or hasattr(item, "illust_id"):
        return item
    return getattr(item, "user", item)


def _cell(item: object, column: str) -> object:
    value = getattr(item, column, None)
    if isinstance(value, Model):
        return getattr(value, "name", None) or getattr(value, "id", "")
    if isinstance(value, list | dict):
        return len(cast("list[object]", value))
    return value
