"""Models of the App API and of the login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._core.basics.lazy_exports import exports

# `nox -s generate` writes these lists.
if TYPE_CHECKING:
    from .availability import Availability
    from .bookmark import BookmarkDetail, BookmarkDetailTag, BookmarkUserList
    from .bookmark_range import BookmarkRange
    from .comment import Comment, CommentList, Stamp
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
        MarkedNovel,
        Novel,
        NovelDraft,
        NovelDraftPreview,
        NovelDraftPreviewList,
        NovelList,
        NovelMarker,
        NovelMarkerList,
        NovelSearchList,
        NovelSeries,
        NovelSeriesDetail,
        RecommendedNovelList,
    )
    from .privacy_policy import PrivacyPolicy
    from .token import Token, TokenUser, TokenUserImageUrls
    from .ugoira import UgoiraFrame, UgoiraMetadata, ZipUrls
    from .upload import Done, IllustUpload, NovelCover, NovelDraftUpload, NovelUpload, UploadStatus
    from .user import User
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
            "BookmarkDetail": ".bookmark",
            "BookmarkDetailTag": ".bookmark",
            "BookmarkRange": ".bookmark_range",
            "BookmarkUserList": ".bookmark",
            "CollaborateStatus": ".work",
            "CollaborateUserSample": ".work",
            "Comment": ".comment",
            "CommentList": ".comment",
            "Done": ".upload",
            "EventBanner": ".illust",
            "Illust": ".illust",
            "IllustList": ".illust",
            "IllustSearchList": ".illust",
            "IllustUpload": ".upload",
            "ImageUrls": ".images",
            "MarkedNovel": ".novel",
            "MetaPage": ".illust",
            "MetaSinglePage": ".illust",
            "Novel": ".novel",
            "NovelCover": ".upload",
            "NovelDraft": ".novel",
            "NovelDraftPreview": ".novel",
            "NovelDraftPreviewList": ".novel",
            "NovelDraftUpload": ".upload",
            "NovelList": ".novel",
            "NovelMarker": ".novel",
            "NovelMarkerList": ".novel",
            "NovelSearchList": ".novel",
            "NovelSeries": ".novel",
            "NovelSeriesDetail": ".novel",
            "NovelUpload": ".upload",
            "PrivacyPolicy": ".privacy_policy",
            "ProfileImageUrls": ".images",
            "RecommendedNovelList": ".novel",
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
            "UserIllustList": ".illust",
            "ZipUrls": ".ugoira",
        },
    )

__all__ = [
    "Availability",
    "BookmarkDetail",
    "BookmarkDetailTag",
    "BookmarkRange",
    "BookmarkUserList",
    "CollaborateStatus",
    "CollaborateUserSample",
    "Comment",
    "CommentList",
    "Done",
    "EventBanner",
    "Illust",
    "IllustList",
    "IllustSearchList",
    "IllustUpload",
    "ImageUrls",
    "MarkedNovel",
    "MetaPage",
    "MetaSinglePage",
    "Novel",
    "NovelCover",
    "NovelDraft",
    "NovelDraftPreview",
    "NovelDraftPreviewList",
    "NovelDraftUpload",
    "NovelList",
    "NovelMarker",
    "NovelMarkerList",
    "NovelSearchList",
    "NovelSeries",
    "NovelSeriesDetail",
    "NovelUpload",
    "PrivacyPolicy",
    "ProfileImageUrls",
    "RecommendedNovelList",
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
    "UserIllustList",
    "ZipUrls",
]
