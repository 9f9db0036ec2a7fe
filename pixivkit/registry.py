"""All endpoints that pixivkit declares, loaded."""

from __future__ import annotations

from ._core.endpoint import REGISTRY, Endpoint
from .app import AppApi
from .app.oauth import AuthApi
from .web import WebApi

__all__ = ["REGISTRY", "AppApi", "AuthApi", "Endpoint", "WebApi"]
