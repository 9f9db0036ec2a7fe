"""Print results: one of them with all its fields, or many as the rows of a table."""

from __future__ import annotations

from collections.abc import AsyncIterable
from typing import cast

from .._core.structuring.model_fields import model_fields
from ..models.base import Model
from ..models.display import BoundedRepr, card_rows
from ..structuring import unstructure
from .output import Output, leaves

__all__ = ["show_items", "show_result"]

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


async def show_items(output: Output, items: AsyncIterable[object]) -> int:
    """
    Print *items* as they come: JSON lines, tab-separated lines, or a table at the end.

    Returns:
        How many there were.
    """
    rows: list[list[object]] = []
    columns: list[str] = []
    count = 0
    async for item in items:
        count += 1
        if output.as_json:
            output.json(unstructure(item), indent=False)
            continue
        named = _with_id(item)
        columns = columns or _columns(named)
        rows.append([_cell(named, column) for column in columns])
        if output.plain:
            output.line(*rows.pop())
    if rows:
        # What does not fit would be folded into columns of a letter or two.
        shown = max(2, output.console.width // _COLUMN)
        output.table(columns[:shown], [row[:shown] for row in rows])
    return count


def _with_id(item: object) -> object:
    """Return *item*, or the user in it where it has no id of its own."""
    if hasattr(item, "id") or hasattr(item, "illust_id"):
        return item
    return getattr(item, "user", item)


def _columns(item: object) -> list[str]:
    """Return the names of the fields that identify an item, or of its first ones."""
    if not isinstance(item, Model):
        return []
    names = [field.name for field in model_fields(type(item))]
    return [name for name in _SHOWN if name in names] or names[:5]


def _cell(item: object, column: str) -> object:
    value = getattr(item, column, None)
    if isinstance(value, Model):
        return getattr(value, "name", None) or getattr(value, "id", "")
    if isinstance(value, list | dict):
        return len(cast("list[object]", value))
    return value
