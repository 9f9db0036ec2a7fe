"""The API of a gallery that sells prints."""

from collections.abc import Mapping
from typing import Any

import attrs

from pixivkit import Api, Auth, Base, Call, Follow, Model, Pages, get

GALLERY = Base("gallery", "https://gallery.example/api", envelope="data")


@attrs.define(kw_only=True)
class Print(Model):
    id: int
    title: str = ""
    price: float | None = None


@attrs.define(kw_only=True)
class Prints(Model):
    prints: list[Print] = attrs.field(factory=list[Print])
    mark: str | None = None


@attrs.frozen
class Mark:
    """Each page but the last has a mark, which the next is asked for with."""

    items: str
    params: tuple[str, ...] = ("mark",)

    def after(self, arguments: Mapping[str, object], payload: Any) -> Follow | None:
        del arguments
        return Follow({"mark": payload["mark"]}) if payload.get("mark") else None


class PrintApi(Api, base=GALLERY, resource="print", auth=Auth.OWN):
    """Prints of the gallery."""

    @get("/prints", paging=Mark(items="prints"))
    def listed(self, *, mark: str | None = None) -> Pages[Prints, Print]:
        """All prints."""
        raise NotImplementedError

    @get("/prints/{print_id}", auth=Auth.NONE)
    def detail(self, print_id: int) -> Call[Print]:
        """One print, for everybody."""
        raise NotImplementedError
