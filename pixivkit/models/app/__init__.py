"""Models of the App API and of the login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._core.basics.lazy_exports import exports

# `nox -s generate` writes these lists.
if TYPE_CHECKING:
    from .availability import Availability
    from .bookmark import BookmarkDetail, BookmarkDetailTag, BookmarkUserList
    from .comment import Comment, CommentList, Emoji, Stamp
    from .illust import (
        EventBanner,
        Illust,
        IllustList,
        IllustSearchList,
        MetaPage,
        MetaSinglePage,
        RecommendedIllustList,
        SeasonalEffectAnimationUrls,
        UserIllustList,
    )
    from .illust_series import (
        IllustSeries,
        IllustSeriesContext,
        IllustSeriesDetail,
        PlaceInIllustSeries,
    )
    from .images import ImageUrls, ProfileImageUrls
    from .novel import Novel, NovelDraft, NovelDraftPreview, NovelDraftPreviewList
    from .privacy_policy import PrivacyPolicy
    from .search import (
        BookmarkRange,
        IllustSearchOptions,
        NovelSearchOptions,
        SearchGenre,
        SearchGenreOptions,
        SearchLanguage,
        SearchLanguageOptions,
        SearchOptions,
        SearchToolOptions,
    )
    from .token import Token, TokenUser, TokenUserImageUrls
    from .trending_tags import TrendTag
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
            "BookmarkRange": ".search",
            "BookmarkUserList": ".bookmark",
            "CollaborateStatus": ".work",
            "CollaborateUserSample": ".work",
            "Comment": ".comment",
            "CommentList": ".comment",
            "Done": ".upload",
            "Emoji": ".comment",
            "EventBanner": ".illust",
            "Illust": ".illust",
            "IllustList": ".illust",
            "IllustSearchList": ".illust",
            "IllustSearchOptions": ".search",
            "IllustSeries": ".illust_series",
            "IllustSeriesContext": ".illust_series",
            "IllustSeriesDetail": ".illust_series",
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
            "NovelSearchOptions": ".search",
            "NovelUpload": ".upload",
            "PlaceInIllustSeries": ".illust_series",
            "PrivacyPolicy": ".privacy_policy",
            "ProfileImageUrls": ".images",
            "RecommendedIllustList": ".illust",
            "Request": ".work",
            "RequestInfo": ".work",
            "SearchGenre": ".search",
            "SearchGenreOptions": ".search",
            "SearchLanguage": ".search",
            "SearchLanguageOptions": ".search",
            "SearchOptions": ".search",
            "SearchToolOptions": ".search",
            "SeasonalEffectAnimationUrls": ".illust",
            "SeriesRef": ".work",
            "Stamp": ".comment",
            "Tag": ".work",
            "Token": ".token",
            "TokenUser": ".token",
            "TokenUserImageUrls": ".token",
            "TrendTag": ".trending_tags",
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
    "Emoji",
    "EventBanner",
    "Illust",
    "IllustList",
    "IllustSearchList",
    "IllustSearchOptions",
    "IllustSeries",
    "IllustSeriesContext",
    "IllustSeriesDetail",
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
    "NovelSearchOptions",
    "NovelUpload",
    "PlaceInIllustSeries",
    "PrivacyPolicy",
    "ProfileImageUrls",
    "RecommendedIllustList",
    "Request",
    "RequestInfo",
    "SearchGenre",
    "SearchGenreOptions",
    "SearchLanguage",
    "SearchLanguageOptions",
    "SearchOptions",
    "SearchToolOptions",
    "SeasonalEffectAnimationUrls",
    "SeriesRef",
    "Stamp",
    "Tag",
    "Token",
    "TokenUser",
    "TokenUserImageUrls",
    "TrendTag",
    "UgoiraFrame",
    "UgoiraMetadata",
    "UploadStatus",
    "User",
    "UserIllustList",
    "ZipUrls",
]
