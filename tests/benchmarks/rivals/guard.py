"""Keeps a driver on this machine: no other host is ever looked up or connected to."""

import ipaddress
import os
import socket
from urllib.parse import urlsplit

_lookup = socket.getaddrinfo
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


def _refuse(host):
    raise PermissionError(f"a benchmark talks to 127.0.0.1 only, not to {host!r}")


def _is_here(host):
    if isinstance(host, bytes):
        host = host.decode()
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _guarded_lookup(host, *args, **kwargs):
    if not _is_here(host):
        _refuse(host)
    return _lookup(host, *args, **kwargs)


def _check(sock, address):
    if sock.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
        _refuse(address[0])


def _guarded_connect(sock, address):
    _check(sock, address)
    return _connect(sock, address)


def _guarded_connect_ex(sock, address):
    _check(sock, address)
    return _connect_ex(sock, address)


def block():
    """From now on this process reaches loopback addresses only, and uses no proxy."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    socket.getaddrinfo = _guarded_lookup
    socket.socket.connect = _guarded_connect
    socket.socket.connect_ex = _guarded_connect_ex
    for host in ("app-api.pixiv.net", "www.pixiv.net"):
        try:
            socket.getaddrinfo(host, 443)
        except PermissionError:
            continue
        raise SystemExit("the guard does not work")


def loopback(url):
    """Return *url*, or end the process if it is not on this machine."""
    if not _is_here(urlsplit(str(url)).hostname or ""):
        raise SystemExit(f"the client would send to {url}: not redirected")
    return url
