"""Models of the App API and of the login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._core.basics.lazy_exports import exports

# `nox -s generate` writes these lists.
if TYPE_CHECKING:
    from .account import (
        AIShowSettings,
        PresetAddress,
        PresetCountry,
        PresetJob,
        ProfilePresets,
        RestrictedModeSettings,
        UserState,
    )
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
    from .illust_series import IllustSeriesDetail
    from .images import ImageUrls, ProfileImageUrls
    from .mute import MutedTag, MutedUser, MuteList
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
    from .user_series import UserIllustSeriesList, UserNovelSeriesList
    from .watchlist import WatchedSeries, WatchedSeriesList
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
            "AIShowSettings": ".account",
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
            "IllustSeriesDetail": ".illust_series",
            "IllustUpload": ".upload",
            "ImageUrls": ".images",
            "MetaPage": ".illust",
            "MetaSinglePage": ".illust",
            "MuteList": ".mute",
            "MutedTag": ".mute",
            "MutedUser": ".mute",
            "Novel": ".novel",
            "NovelCover": ".upload",
            "NovelDraft": ".novel",
            "NovelDraftPreview": ".novel",
            "NovelDraftPreviewList": ".novel",
            "NovelDraftUpload": ".upload",
            "NovelList": ".novel",
            "NovelSeriesDetail": ".novel",
            "NovelUpload": ".upload",
            "PresetAddress": ".account",
            "PresetCountry": ".account",
            "PresetJob": ".account",
            "ProfileImageUrls": ".images",
            "ProfilePresets": ".account",
            "Request": ".work",
            "RequestInfo": ".work",
            "RestrictedModeSettings": ".account",
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
            "UserIllustSeriesList": ".user_series",
            "UserNovelList": ".novel",
            "UserNovelSeriesList": ".user_series",
            "UserPreview": ".user_preview",
            "UserPreviewList": ".user_preview",
            "UserProfile": ".profile",
            "UserProfilePublicity": ".profile",
            "UserState": ".account",
            "UserWorkspace": ".profile",
            "WatchedSeries": ".watchlist",
            "WatchedSeriesList": ".watchlist",
            "ZipUrls": ".ugoira",
        },
    )

__all__ = [
    "AIShowSettings",
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
    "IllustSeriesDetail",
    "IllustUpload",
    "ImageUrls",
    "MetaPage",
    "MetaSinglePage",
    "MuteList",
    "MutedTag",
    "MutedUser",
    "Novel",
    "NovelCover",
    "NovelDraft",
    "NovelDraftPreview",
    "NovelDraftPreviewList",
    "NovelDraftUpload",
    "NovelList",
    "NovelSeriesDetail",
    "NovelUpload",
    "PresetAddress",
    "PresetCountry",
    "PresetJob",
    "ProfileImageUrls",
    "ProfilePresets",
    "Request",
    "RequestInfo",
    "RestrictedModeSettings",
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
    "UserIllustSeriesList",
    "UserNovelList",
    "UserNovelSeriesList",
    "UserPreview",
    "UserPreviewList",
    "UserProfile",
    "UserProfilePublicity",
    "UserState",
    "UserWorkspace",
    "WatchedSeries",
    "WatchedSeriesList",
    "ZipUrls",
]
