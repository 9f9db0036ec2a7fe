"""What is bought from the gallery, declared in a module of its own."""

from typing import Annotated

import attrs

from own_endpoints.gallery import GALLERY
from pixivkit import Api, Auth, Between, Call, WebModel, alias, post


@attrs.frozen
class Order:
    """What was ordered: a plain attrs class."""

    id: int
    copies: int = 1


@attrs.define(kw_only=True)
class Bill(WebModel):
    """What is to be paid."""

    total_price: float | None = None
    vat: float | None = alias("VAT", default=None)


class OrderApi(Api, base=GALLERY, resource="order", auth=Auth.OWN):
    """Orders of prints."""

    @post("/prints/{print_id}/order", body="json")
    def place(self, print_id: int, *, copies: Annotated[int, Between(1, 10)] = 1) -> Call[Order]:
        """Order copies of a print."""
        raise NotImplementedError

    @post("/bill", auth=Auth.OPTIONAL, idempotent=True)
    def bill(self, order_id: int) -> Call[Bill]:
        """What an order comes to."""
        raise NotImplementedError
