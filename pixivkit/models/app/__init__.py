"""Models of the App API and of the login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._core.basics.lazy_exports import exports

# `nox -s generate` writes these lists.
if TYPE_CHECKING:
    from .availability import Availability
    from .bookmark_tag import BookmarkTag, BookmarkTagList
    from .comment import Comment, Stamp
    from .illust import (
        EventBanner,
        Illust,
        IllustList,
        IllustSearchList,
        MetaPage,
        MetaSinglePage,
        SeasonalEffectAnimationUrls,
        UserIllustList,
    )
    from .images import ImageUrls, ProfileImageUrls
    from .novel import (
        Novel,
        NovelDraft,
        NovelDraftPreview,
        NovelDraftPreviewList,
        NovelList,
        NovelSeriesDetail,
        UserNovelList,
    )
    from .profile import UserDetail, UserProfile, UserProfilePublicity, UserWorkspace
    from .token import Token, TokenUser, TokenUserImageUrls
    from .ugoira import UgoiraFrame, UgoiraMetadata, ZipUrls
    from .upload import Done, IllustUpload, NovelCover, NovelDraftUpload, NovelUpload, UploadStatus
    from .user import User
    from .user_preview import FollowDetail, UserPreview, UserPreviewList
    from .work import (
        CollaborateStatus,
        CollaborateUserSample,
        Request,
        RequestInfo,
        SeriesRef,
        Tag,
    )
else:
    __getattr__, __dir__ = exports(
        __name__,
        {
            "Availability": ".availability",
            "BookmarkTag": ".bookmark_tag",
            "BookmarkTagList": ".bookmark_tag",
            "CollaborateStatus": ".work",
            "CollaborateUserSample": ".work",
            "Comment": ".comment",
            "Done": ".upload",
            "EventBanner": ".illust",
            "FollowDetail": ".user_preview",
            "Illust": ".illust",
            "IllustList": ".illust",
            "IllustSearchList": ".illust",
            "IllustUpload": ".upload",
            "ImageUrls": ".images",
            "MetaPage": ".illust",
            "MetaSinglePage": ".illust",
            "Novel": ".novel",
            "NovelCover": ".upload",
            "NovelDraft": ".novel",
            "NovelDraftPreview": ".novel",
            "NovelDraftPreviewList": ".novel",
            "NovelDraftUpload": ".upload",
            "NovelList": ".novel",
            "NovelSeriesDetail": ".novel",
            "NovelUpload": ".upload",
            "ProfileImageUrls": ".images",
            "Request": ".work",
            "RequestInfo": ".work",
            "SeasonalEffectAnimationUrls": ".illust",
            "SeriesRef": ".work",
            "Stamp": ".comment",
            "Tag": ".work",
            "Token": ".token",
            "TokenUser": ".token",
            "TokenUserImageUrls": ".token",
            "UgoiraFrame": ".ugoira",
            "UgoiraMetadata": ".ugoira",
            "UploadStatus": ".upload",
            "User": ".user",
            "UserDetail": ".profile",
            "UserIllustList": ".illust",
            "UserNovelList": ".novel",
            "UserPreview": ".user_preview",
            "UserPreviewList": ".user_preview",
            "UserProfile": ".profile",
            "UserProfilePublicity": ".profile",
            "UserWorkspace": ".profile",
            "ZipUrls": ".ugoira",
        },
    )

__all__ = [
    "Availability",
    "BookmarkTag",
    "BookmarkTagList",
    "CollaborateStatus",
    "CollaborateUserSample",
    "Comment",
    "Done",
    "EventBanner",
    "FollowDetail",
    "Illust",
    "IllustList",
    "IllustSearchList",
    "IllustUpload",
    "ImageUrls",
    "MetaPage",
    "MetaSinglePage",
    "Novel",
    "NovelCover",
    "NovelDraft",
    "NovelDraftPreview",
    "NovelDraftPreviewList",
    "NovelDraftUpload",
    "NovelList",
    "NovelSeriesDetail",
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
    "UserDetail",
    "UserIllustList",
    "UserNovelList",
    "UserPreview",
    "UserPreviewList",
    "UserProfile",
    "UserProfilePublicity",
    "UserWorkspace",
    "ZipUrls",
]
