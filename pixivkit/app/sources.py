"""Where the knowledge of the App API comes from, as endpoints name it."""

from __future__ import annotations

SUBMITTING_WORKS = "An-Owlbear/Pixiv-API-Docs, submitting-works.md"
RECORDED = "recorded replies (upbit/pixivpy, MnyaCat/pixiv_dart, book000/pixivts)"
OAUTH_CLIENTS = "upbit/pixivpy, mikf/gallery-dl, Mikubill/pixivpy-async"
BROWSING_WORKS = "An-Owlbear/Pixiv-API-Docs, browsing-works.md"
MISC = "An-Owlbear/Pixiv-API-Docs, misc.md"
SEARCHES = "An-Owlbear/Pixiv-API-Docs, search.md"
SERIES = "An-Owlbear/Pixiv-API-Docs, series.md"
CLIENTS = "CeuiLiSA/Pixiv-Shaft, cssxsh/pixiv-client, Notsfsssf/pixez-flutter"
IOS_CAPTURE = "kongjianguan/Pixiv-Shaft-Desktop, captured from the iOS app 8.6"
