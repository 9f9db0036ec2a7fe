"""The App API: declarations only, one module for each resource."""

from __future__ import annotations

from .._core.call import Sender
from .._core.namespace import Namespace
from .illust import IllustApi
from .novel import NovelApi
from .oauth import AuthApi
from .search import SearchApi
from .ugoira import UgoiraApi
from .upload import UploadApi
from .user import UserApi

__all__ = [
    "AppApi",
    "AuthApi",
    "IllustApi",
    "NovelApi",
    "SearchApi",
    "UgoiraApi",
    "UploadApi",
    "UserApi",
]


class AppApi(Namespace):
    """
    The App API, which pixiv's own apps use; every endpoint needs a bearer token.

    Attributes:
        illust: Illustrations, manga and ugoira, and comments on them.
        novel: Novels and comments on them.
        search: Searches.
        ugoira: The frames of ugoira.
        upload: Posting works and saving drafts.
        user: What users have posted, and the account's drafts.
    """

    _title = "app"

    def __init__(self, sender: Sender) -> None:
        self.illust: IllustApi = IllustApi(sender)
        self.novel: NovelApi = NovelApi(sender)
        self.search: SearchApi = SearchApi(sender)
        self.ugoira: UgoiraApi = UgoiraApi(sender)
        self.upload: UploadApi = UploadApi(sender)
        self.user: UserApi = UserApi(sender)
