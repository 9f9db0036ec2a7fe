"""Models of the App API and of the login."""

from __future__ import annotations

from .availability import Availability
from .comment import Comment, Stamp
from .illust import (
    EventBanner,
    Illust,
    IllustPage,
    IllustSearchPage,
    MetaPage,
    MetaSinglePage,
    SeasonalEffectAnimationUrls,
    UserIllustPage,
)
from .images import ImageUrls, ProfileImageUrls
from .novel import Novel, NovelDraft, NovelDraftPreview, NovelDraftPreviewPage
from .token import Token, TokenUser, TokenUserImageUrls
from .ugoira import UgoiraFrame, UgoiraMetadata, ZipUrls
from .upload import Done, IllustUpload, NovelCover, NovelDraftUpload, NovelUpload, UploadStatus
from .user import User
from .work import CollaborateStatus, CollaborateUserSample, Request, RequestInfo, SeriesRef, Tag

__all__ = [
    "Availability",
    "CollaborateStatus",
    "CollaborateUserSample",
    "Comment",
    "Done",
    "EventBanner",
    "Illust",
    "IllustPage",
    "IllustSearchPage",
    "IllustUpload",
    "ImageUrls",
    "MetaPage",
    "MetaSinglePage",
    "Novel",
    "NovelCover",
    "NovelDraft",
    "NovelDraftPreview",
    "NovelDraftPreviewPage",
    "NovelDraftUpload",
    "NovelUpload",
    "ProfileImageUrls",
    "Request",
    "RequestInfo",
    "SeasonalEffectAnimationUrls",
    "SeriesRef",
    "Stamp",
    "Tag",
    "Token",
    "TokenUser",
    "TokenUserImageUrls",
    "UgoiraFrame",
    "UgoiraMetadata",
    "UploadStatus",
    "User",
    "UserIllustPage",
    "ZipUrls",
]
