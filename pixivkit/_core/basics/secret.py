"""Keep values out of reprs, logs, tracebacks with locals, and pickles."""

from __future__ import annotations

from typing import Generic, NoReturn, TypeVar, cast, final

T_co = TypeVar("T_co", covariant=True)


@final
class Secret(Generic[T_co]):
    """
    Holds a value that only `reveal` shows.

    Secrets compare and hash by what they hold; they do not pickle.
    """

    __slots__ = ("_value",)

    def __init__(self, value: T_co) -> None:
        self._value = value

    def reveal(self) -> T_co:
        """Return the value; keep it out of variables while anything may be raised."""
        return self._value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return bool(self._value == cast("Secret[object]", other)._value)

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        msg = "a secret is not written anywhere by accident"
        raise TypeError(msg)
