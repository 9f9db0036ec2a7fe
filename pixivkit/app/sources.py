"""Where the knowledge of the App API comes from, as endpoints name it."""

from __future__ import annotations

SUBMITTING_WORKS = "An-Owlbear/Pixiv-API-Docs, submitting-works.md"
USER_PROFILES = "An-Owlbear/Pixiv-API-Docs, user-profiles.md"
RECORDED = "recorded replies (upbit/pixivpy, MnyaCat/pixiv_dart, book000/pixivts)"
OAUTH_CLIENTS = "upbit/pixivpy, mikf/gallery-dl, Mikubill/pixivpy-async"
AZULINE = "azuline/pixiv-api, mocked_responses.py"
ACCOUNT_EDITING = "An-Owlbear/Pixiv-API-Docs, account-editing.md"
SERIES_CLIENTS = "CeuiLiSA/Pixiv-Shaft, mixmoe/HibiAPI, asadahimeka/pixiv-viewer"
HISTORY_CLIENTS = "cssxsh/pixiv-client, mika-f/Pixiv.Net, Magelon-png/PixivApi"
IOS_CAPTURE = "kongjianguan/Pixiv-Shaft-Desktop, captured from the iOS app 8.6"
SETTINGS_CLIENTS = "Notsfsssf/pixez-flutter, Pixeval/Mako"
BROWSING_WORKS = "An-Owlbear/Pixiv-API-Docs, browsing-works.md"
MISC = "An-Owlbear/Pixiv-API-Docs, misc.md"
SEARCHES = "An-Owlbear/Pixiv-API-Docs, search.md"
SERIES = "An-Owlbear/Pixiv-API-Docs, series.md"
CLIENTS = "CeuiLiSA/Pixiv-Shaft, cssxsh/pixiv-client, Notsfsssf/pixez-flutter"
