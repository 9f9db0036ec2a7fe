# mypy: disable-error-code="empty-body"
"""The API of a gallery that sells prints."""

from collections.abc import Mapping
from typing import Annotated, Any

import attrs

from pixivkit import Api, Auth, Base, Between, Call, Follow, Model, Pages, get, post

GALLERY = Base("gallery", "https://gallery.example/api", envelope="data")


@attrs.define(kw_only=True)
class Print(Model):
    """A print of a work; without an id it is none."""

    id: int
    title: str = ""
    price: float | None = None


@attrs.define(kw_only=True)
class Prints(Model):
    """A page of prints."""

    prints: list[Print] = attrs.field(factory=list[Print])
    mark: str | None = None


@attrs.frozen
class Order:
    """What was ordered: a plain attrs class does as well, and keeps nothing else that comes."""

    id: int
    copies: int = 1


@attrs.frozen
class Mark:
    """Each page but the last has a mark, which the next is asked for with."""

    items: str
    params: tuple[str, ...] = ("mark",)

    def after(self, arguments: Mapping[str, object], payload: Any) -> Follow | None:
        mark = payload.get("mark")
        return Follow({"mark": mark}) if mark else None


class PrintApi(Api, base=GALLERY, resource="print", auth=Auth.OWN):
    """Prints of the gallery."""

    @get("/prints", paging=Mark(items="prints"))
    def listed(
        self, *, artist: int | None = None, mark: str | None = None
    ) -> Pages[Prints, Print]:
        """All prints, or those of one artist."""

    @get("/prints/{print_id}", auth=Auth.NONE)
    def detail(self, print_id: int) -> Call[Print]:
        """One print, for everybody."""

    @post("/prints/{print_id}/order", body="json")
    def order(
        self, print_id: int, *, copies: Annotated[int, Between(1, 10)] = 1
    ) -> Call[Order]:
        """Order copies of a print."""
