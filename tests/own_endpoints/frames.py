"""Frames: two endpoints on one path, told apart by a parameter that is always the same."""

from typing import Literal

from own_endpoints.gallery import Print
from pixivkit import Api, Auth, Base, Call, get

FRAMES = Base("frames", "https://frames.example")


class FrameApi(Api, base=FRAMES, resource="frame", auth=Auth.NONE):
    """What goes around a print."""

    @get("/frame")
    def wooden(self, width: int, *, kind: Literal["wood"] = "wood") -> Call[list[str]]:
        """
        The frames of wood.

        Raises:
            NotFound: There is none of that width.
        """
        raise NotImplementedError

    @get("/frame")
    def metal(
        self, width: int, color: str, *, kind: Literal["metal"] = "metal"
    ) -> Call[list[Print]]:
        """
        The frames of metal.

        Raises:
            NotFound: There is none of that color.
        """
        raise NotImplementedError
