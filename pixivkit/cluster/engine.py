"""Ray, and nothing else of it: connect, find the actors, ask them, and tell how that failed."""

from __future__ import annotations

import asyncio
import importlib
import logging
import platform
import threading
from collections.abc import Mapping
from typing import Any, Final

from .._core.basics.extras import needs
from ..errors import ClusterError, InvalidArgument, PixivError

__all__ = [
    "NAMESPACE",
    "Lost",
    "actor",
    "ask",
    "connect",
    "disconnect",
    "find",
    "is_node_alive",
    "kill",
    "need_asyncio",
    "node_name",
    "ray",
]

NAMESPACE: Final = "pixivkit"
"""The namespace of all actors of pixivkit."""

_MOST_AT_ONCE: Final = 2000


class Lost(Exception):
    """An actor died, or its node or the way to it, while it was asked; it may have heard it."""


# Ray has no types where it is not installed: it is Any, here and nowhere else.


def ray() -> Any:
    """
    Return the module ``ray``.

    Raises:
        MissingExtra: It is not installed.
    """
    with needs("ray", "pixivkit.cluster"):
        return importlib.import_module("ray")


def need_asyncio() -> None:
    """
    Check that this runs on asyncio, which Ray is made for.

    Raises:
        ClusterError: It does not.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        msg = "Ray knows asyncio alone: run a Cluster with asyncio.run, not on trio"
        raise ClusterError(msg) from None


class _Connection:
    """The connection of this process to Ray, which all its sessions share."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users: set[object] = set()
        self._is_ours = False

    def use(
        self, user: object, address: str | None, runtime_env: Mapping[str, Any] | None
    ) -> None:
        with self._lock:
            if not ray().is_initialized():
                _init(address, runtime_env)
                self._is_ours = True
            self._users.add(user)

    def leave(self, user: object) -> None:
        with self._lock:
            self._users.discard(user)
            if self._is_ours and not self._users:
                self._is_ours = False
                ray().shutdown()


_connection: Final = _Connection()


def connect(user: object, address: str | None, runtime_env: Mapping[str, Any] | None) -> None:
    """
    Use the Ray that this process has, or connect to one, or start one on this machine; blocks.

    Args:
        user: What uses it until `disconnect`.
        address: Where it is; None for this machine.
        runtime_env: What the nodes need.

    Raises:
        ClusterError: There is none at that *address*, or it does not start.
    """
    _connection.use(user, address, runtime_env)


def disconnect(user: object) -> None:
    """
    Leave Ray; blocks.

    The last user that leaves ends the connection, or the Ray, where `connect` made it.
    """
    _connection.leave(user)


def _init(address: str | None, runtime_env: Mapping[str, Any] | None) -> None:
    module = ray()
    try:
        module.init(
            address=address,
            namespace=NAMESPACE,
            runtime_env=None if runtime_env is None else dict(runtime_env),
            # It warns of the thread that this runs in.
            logging_level=logging.ERROR,
        )
    except (OSError, RuntimeError, ValueError, module.exceptions.RayError) as exc:
        msg = f"Ray cannot be reached or started: {type(exc).__name__}: {exc}"
        raise ClusterError(msg) from exc


def actor(kind: type[Any], name: str, *arguments: object, here: bool = False) -> Any:
    """
    Return the actor of that *name* in the cluster; it is made where there is none; blocks.

    It runs until it is killed, restarts with the same *arguments* wherever there is room when it
    dies, and is never asked the same thing twice.

    Args:
        kind: Its class.
        name: Its name, without a secret: Ray shows it.
        arguments: For making it.
        here: Whether it is on this node, and dies with it; otherwise actors are spread over the
            nodes.

    Raises:
        Lost: The cluster does not answer.
    """
    module = ray()
    strategy: object = "SPREAD"
    try:
        if here:
            strategies = importlib.import_module("ray.util.scheduling_strategies")
            node = module.get_runtime_context().get_node_id()
            # A soft one is a wish that Ray does not grant to actors without slots.
            strategy = strategies.NodeAffinitySchedulingStrategy(node_id=node, soft=False)
        return (
            module.remote(kind)
            .options(
                name=name,
                namespace=NAMESPACE,
                get_if_exists=True,
                lifetime="detached",
                max_restarts=-1,
                max_task_retries=0,
                max_concurrency=_MOST_AT_ONCE,
                num_cpus=0,
                scheduling_strategy=strategy,
            )
            .remote(*arguments)
        )
    except (module.exceptions.RayError, ConnectionError, ValueError) as exc:
        # Two programs may make it at the same time, and one is told that the name is taken.
        raise Lost(type(exc).__name__) from exc
    except TypeError as exc:
        msg = f"{name}: an account has to travel, and something of it does not pickle"
        raise InvalidArgument(msg) from exc


def find(name: str) -> Any:
    """Return the actor of that *name*; None where there is none; blocks."""
    try:
        return ray().get_actor(name, namespace=NAMESPACE)
    except ValueError:
        return None


def kill(name: str) -> None:
    """End the actor of that *name* for good; blocks."""
    if (handle := find(name)) is not None:
        ray().kill(handle, no_restart=True)


async def ask(handle: Any, method: str, *arguments: object) -> Any:
    """
    Call a *method* of an actor, once, and return what it returns; cancelling this cancels that.

    Raises:
        Lost: It died, or the way to it; it is unknown what was done.
        PixivError: The method itself failed, which is a fault of its code.
        InvalidArgument: The arguments do not pickle.
    """
    module = ray()
    try:
        reference = getattr(handle, method).remote(*arguments)
        answer: asyncio.Future[Any] = asyncio.wrap_future(reference.future())
    except (TypeError, AttributeError) as exc:
        # Ray would quote the argument.
        msg = "what is sent to a cluster has to pickle, and something of this does not"
        raise InvalidArgument(msg) from exc
    except (module.exceptions.RayError, ConnectionError) as exc:
        raise Lost(type(exc).__name__) from exc
    try:
        # Ray Client prints a traceback where the answer comes to one that was cancelled.
        return await asyncio.shield(answer)
    except asyncio.CancelledError:
        answer.add_done_callback(_ignore)
        module.cancel(reference)
        raise
    except module.exceptions.RayTaskError as exc:
        cause = type(getattr(exc, "cause", exc)).__name__
        raise PixivError(f"{method} failed on the cluster: {cause}") from None
    except (module.exceptions.RayError, ConnectionError) as exc:
        raise Lost(type(exc).__name__) from exc


def _ignore(answer: asyncio.Future[Any]) -> None:
    """Take note of an error that nobody waits for, which asyncio would print."""
    if not answer.cancelled():
        answer.exception()


def node_name() -> str:
    """Return the name of this node: what ``ray start`` was told, else that of the machine."""
    try:
        node = _node()
    except Lost:
        return platform.node()
    # Ray calls a node by its address when nobody gave it a name.
    is_named = node["NodeName"] != node["NodeManagerAddress"]
    return str(node["NodeName"]) if is_named else platform.node()


def is_node_alive() -> bool:
    """
    Return whether the head takes this node for alive; blocks while it is away.

    Raises:
        Lost: The head does not answer.
    """
    return bool(_node()["Alive"])


def _node() -> Any:
    """Return what the head knows of this node."""
    module = ray()
    try:
        here = module.get_runtime_context().get_node_id()
        return next(one for one in module.nodes() if one["NodeID"] == here)
    except (module.exceptions.RayError, ConnectionError, StopIteration) as exc:
        raise Lost(type(exc).__name__) from exc
