"""Who the client says it is: an app of pixiv's, or a browser."""

from __future__ import annotations

import hashlib
import re

import pytest

from pixivkit import AppProfile
from pixivkit._core.account.profile import (
    BROWSER,
    app_headers,
    client_time_headers,
    image_headers,
    web_headers,
)
from pixivkit.errors import InvalidArgument

SECRET = "28c1fdd170a5204386cb1313c7077b34f83e4aaf4aa829ce78c231e05b0bae2c"


def test_the_default_is_the_ios_app() -> None:
    assert AppProfile().user_agent == "PixivIOSApp/8.6.10 (iOS 26.5; iPhone16,2)"


@pytest.mark.parametrize("profile", [AppProfile.android(), AppProfile(os="android")])
def test_android_has_android_values_throughout(profile: AppProfile) -> None:
    assert profile.user_agent == "PixivAndroidApp/6.180.0 (Android 15; Pixel 9)"
    assert profile.headers() == {
        "User-Agent": profile.user_agent,
        "Accept": "*/*",
        "App-OS": "android",
        "App-OS-Version": "15",
        "App-Version": "6.180.0",
    }


def test_what_is_given_replaces_what_is_known() -> None:
    profile = AppProfile(os="android", app_version="6.200.0")
    assert profile.user_agent == "PixivAndroidApp/6.200.0 (Android 15; Pixel 9)"


def test_another_system_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="'ios' or 'android', not 'symbian'"):
        AppProfile(os="symbian")


@pytest.mark.parametrize(
    ("language", "one"), [("ja", "ja"), ("zh-CN", "zh-CN"), ("zh-TW;q=0.9, en;q=0.5", "zh-TW")]
)
def test_the_app_says_the_language_twice_and_once_as_a_single_one(language: str, one: str) -> None:
    sent = app_headers(AppProfile(), language)
    assert (sent["Accept-Language"], sent["App-Accept-Language"]) == (language, one)


def test_every_request_says_what_it_accepts() -> None:
    assert app_headers(AppProfile(), "en")["Accept"] == "*/*"
    assert web_headers("en")["Accept"] == "application/json"


def test_the_browser_is_one_of_this_year() -> None:
    version = re.search(r"Chrome/(\d+)\.", BROWSER)
    assert version is not None
    # Chrome 144 was the first stable release of 2026.
    assert int(version[1]) >= 144


def test_the_web_api_is_told_nothing_of_an_app() -> None:
    assert not [name for name in web_headers("en") if name.startswith("App-")]


def test_an_image_is_asked_for_by_who_asked_for_its_url() -> None:
    app = image_headers("app", profile=AppProfile.android())
    web = image_headers("web", browser="Mine/1.0")
    assert (app["User-Agent"], app["Referer"]) == (
        AppProfile.android().user_agent,
        "https://app-api.pixiv.net/",
    )
    assert (web["User-Agent"], web["Referer"]) == ("Mine/1.0", "https://www.pixiv.net/")
    assert image_headers("app")["User-Agent"] == AppProfile().user_agent
    assert image_headers("web")["User-Agent"] == BROWSER


def test_the_time_comes_with_its_hash_in_utc() -> None:
    sent = client_time_headers(1_781_924_400.75)
    moment = "2026-06-20T03:00:00+00:00"
    assert sent == {
        "X-Client-Time": moment,
        "X-Client-Hash": hashlib.md5((moment + SECRET).encode()).hexdigest(),
    }


def test_the_time_is_made_once_a_second() -> None:
    assert client_time_headers(1_781_924_400.1) is client_time_headers(1_781_924_400.9)
    assert client_time_headers(1_781_924_400) != client_time_headers(1_781_924_401)
