"""TEMPORARY"""
from ._core.endpoint import REGISTRY as REGISTRY, Endpoint as Endpoint
try:
    from . import app
    from .app import oauth
except ImportError as e: print(e)
from . import web
