"""
Types of parameters that several endpoints share, with their documentation.

Their names are chosen for editors, which show them in place of what a docstring says no more::

    px.web.search.artworks("cat", max_width=800)  # (parameter) max_width: GreatestWidth | None

`help`, ``pixivkit endpoints --json`` and OpenAPI show the meanings. Declarations of your own may
use them, and `Meaning` for parameters of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Final, Literal, TypeAlias

from ._core.declaration.arguments import Between, Meaning, NotEmpty, Spelling

_LATER: Final = (
    "Magelon-png/PixivApi, DowneyRem/PixivSource, FreeNowOrg/PixivNow, ppixiv, "
    "PixivBatchDownloader"
)

# What is asked for

IllustId: TypeAlias = Annotated[int, Meaning("Id of the work.")]
NovelId: TypeAlias = Annotated[int, Meaning("Id of the novel.")]
UserId: TypeAlias = Annotated[int, Meaning("Id of the user.")]
SeriesId: TypeAlias = Annotated[int, Meaning("Id of the series.")]
DraftId: TypeAlias = Annotated[int, Meaning("Id of the draft.")]
CommentId: TypeAlias = Annotated[
    int, Meaning("Id of the comment, which is the account's own or on a work of it.")
]
TagName: TypeAlias = Annotated[str, NotEmpty(), Meaning("The tag, as pixiv writes it.")]

# Which part of a list

HowManyToSkip: TypeAlias = Annotated[
    int, Between(0), Meaning("How many to skip; none by default.")
]
FirstPage: TypeAlias = Annotated[int, Between(1), Meaning("Page to begin with, from 1.")]
PageSize: TypeAlias = Annotated[
    int,
    Between(1, 100),
    Meaning("How many on a page, 1 to 100; the default is what pixiv's own pages send."),
]
ForWhichAges: TypeAlias = Annotated[
    Literal["all", "safe", "r18"],
    Meaning(
        "Which to show: ``all``, only those for all ages (``safe``), or only R-18 ones (``r18``, "
        "which needs a login)."
    ),
]
RequestsTaken: TypeAlias = Annotated[
    Literal["all", "safe", "r18"],
    Meaning(
        "Users who accept which requests: ``all``, those for all ages (``safe``), or R-18 ones "
        "(``r18``, which needs a login)."
    ),
]
WhoseFollowed: TypeAlias = Annotated[
    Literal["all", "public", "private"],
    Meaning("Of users followed publicly (``public``), privately (``private``), or ``all``."),
]
PublicOrPrivate: TypeAlias = Annotated[
    Literal["show", "hide"],
    Meaning(
        "``show`` for public ones, ``hide`` for private ones, which only the own account may see."
    ),
]
AppPublicOrPrivate: TypeAlias = Annotated[
    Literal["public", "private"],
    Meaning("``public`` ones, or ``private`` ones, which only the own account may see."),
]
WithBookmarkTag: TypeAlias = Annotated[
    str, Meaning("Only bookmarks with this bookmark tag; by default all.")
]
UpToBookmark: TypeAlias = Annotated[
    int,
    Meaning(
        "Only bookmarks up to this id (of the bookmark, not of the work), as the next page is "
        "asked for; by default all."
    ),
]

# Recommendations

WithRanking: TypeAlias = Annotated[
    bool, Meaning("Whether to add some of the ranking; None leaves it to pixiv.")
]
WithRankingLabel: TypeAlias = Annotated[
    bool, Meaning("Whether the ranking has labels; None leaves it to pixiv.")
]
WithPrivacyPolicy: TypeAlias = Annotated[
    bool, Meaning("Whether to add the privacy policy; None leaves it to pixiv.")
]
AlreadySeen: TypeAlias = Annotated[
    Sequence[int], Spelling("viewed[]"), Meaning("Ids of works to leave out; none by default.")
]

BookmarkedWorks: TypeAlias = Annotated[
    Sequence[int],
    Spelling(join=","),
    Meaning(
        "Ids of works to recommend for, in place of the account's bookmarks; none by default."
    ),
]

# How it is answered

AppToAnswerAs: TypeAlias = Annotated[
    Literal["for_ios", "for_android"],
    Meaning(
        "The app to answer as, ``for_ios`` or ``for_android``; by default it is not sent, as the "
        "current iOS app does."
    ),
]
TranslationLanguage: TypeAlias = Annotated[
    str,
    Meaning("Language of the translations, such as ``en``. None for that of the account."),
]

# Comments

CommentRepliedTo: TypeAlias = Annotated[int, Meaning("Id of the comment.")]

SayHowMany: TypeAlias = Annotated[
    bool, Meaning("Whether to say how many comments there are; None leaves it to pixiv.")
]

# What is posted

CommentText: TypeAlias = Annotated[
    str,
    NotEmpty(),
    Meaning(
        "The text; emoji are words in parentheses, such as ``(heart)``. None when *stamp_id* "
        "stands for it."
    ),
]
CommentToReplyTo: TypeAlias = Annotated[
    int, Meaning("Id of the comment to reply to; by default it is no reply.")
]
StampInPlaceOfText: TypeAlias = Annotated[
    int, Meaning("Id of a stamp to post in place of a text.")
]
CaptionText: TypeAlias = Annotated[
    str, Meaning("What there is to say about it; nothing by default.")
]
WhoMaySee: TypeAlias = Annotated[
    Literal["public", "mypixiv", "private"],
    Meaning(
        "Who may see it, once it is posted: ``public`` everybody, ``mypixiv`` the account's "
        "mypixiv, ``private`` nobody else."
    ),
]
AgeRating: TypeAlias = Annotated[
    Literal["none", "r18", "r18g"], Meaning("``none`` all ages, ``r18`` or ``r18g``.")
]
TagsInOrder: TypeAlias = Annotated[
    Sequence[str], Spelling("tags[]"), Meaning("The tags, in order; none by default.")
]
NovelCoverId: TypeAlias = Annotated[
    int, Between(0, 11), Meaning("One of `novel_covers`, 0 to 11.")
]
NoFanWork: TypeAlias = Annotated[bool, Spelling(digit=True), Meaning("Whether it is no fan work.")]

# Which app asks for a token

ClientId: TypeAlias = Annotated[str, Meaning("Which app asks; pixiv's own by default.")]
ClientSecret: TypeAlias = Annotated[str, Spelling(secret=True), Meaning("The secret of that app.")]
SayIfTermsWait: TypeAlias = Annotated[
    bool, Meaning("Whether to say if terms wait to be agreed to.")
]

# Searches

SearchWords: TypeAlias = Annotated[
    str,
    NotEmpty(),
    Spelling(repeat_in_query=True),
    Meaning('What to search for; blanks between words mean "and".'),
]
SearchOrder: TypeAlias = Annotated[
    Literal[
        "date_d",
        "date",
        "popular_d",
        "popular",
        "popular_male_d",
        "popular_male",
        "popular_female_d",
        "popular_female",
    ],
    Meaning(
        "``date_d`` newest first, ``date`` oldest first; ``popular_d`` most popular first (with "
        "``popular_male_d`` and ``popular_female_d``: among men, among women), each without "
        "``_d`` the other way round. Popularity needs pixiv Premium.",
    ),
]
WhatHasToMatch: TypeAlias = Annotated[
    Literal["s_tag_full", "s_tag", "s_tc", "s_tag_tc"],
    Spelling("s_mode"),
    Meaning(
        "What has to match: ``s_tag_full`` a whole tag, ``s_tag`` part of a tag, ``s_tc`` title "
        "or caption, ``s_tag_tc`` tag, title or caption.",
        f"daydreamer-json/pixiv-ajax-api-docs, Search; s_tag_tc: {_LATER}",
    ),
]
LeastWidth: TypeAlias = Annotated[int, Between(0), Meaning("Width of at least so many pixels.")]
GreatestWidth: TypeAlias = Annotated[int, Between(0), Meaning("Width of at most so many pixels.")]
LeastHeight: TypeAlias = Annotated[int, Between(0), Meaning("Height of at least so many pixels.")]
GreatestHeight: TypeAlias = Annotated[
    int, Between(0), Meaning("Height of at most so many pixels.")
]
Proportions: TypeAlias = Annotated[
    float, Meaning("0.5 for landscape, -0.5 for portrait, 0 for square.")
]
MadeWith: TypeAlias = Annotated[
    str,
    Meaning(
        "Only works made with this tool, by pixiv's name for it, such as ``CLIP STUDIO PAINT``."
    ),
]
PostedSince: TypeAlias = Annotated[
    dt.date | str,
    Meaning("Only works posted on this day or later: a date or ``YYYY-MM-DD``."),
]
PostedUntil: TypeAlias = Annotated[
    dt.date | str,
    Meaning("Only works posted on this day or earlier: a date or ``YYYY-MM-DD``."),
]
FewestBookmarks: TypeAlias = Annotated[
    int,
    Spelling("blt"),
    Between(0),
    Meaning("Bookmarked at least so many times (needs pixiv Premium)."),
]
MostBookmarks: TypeAlias = Annotated[
    int,
    Spelling("bgt"),
    Between(0),
    Meaning("Bookmarked at most so many times (needs pixiv Premium)."),
]
WithoutAI: TypeAlias = Annotated[
    Literal[0, 1], Meaning("1 to leave out works made by AI.", _LATER)
]
GroupedByAuthor: TypeAlias = Annotated[
    bool, Spelling("csw", digit=True), Meaning("True to group the works of an author.", _LATER)
]
UndocumentedSwitch: TypeAlias = Annotated[
    bool,
    Spelling(digit=True),
    Meaning("Sent by pixiv's own pages; its meaning is not documented.", _LATER),
]
UndocumentedNumber: TypeAlias = Annotated[
    Literal[1, 2, 3],
    Meaning("Sent by pixiv's own pages, 1 to 3; its meaning is not documented.", _LATER),
]
BookmarkedSince: TypeAlias = Annotated[
    dt.date | str,
    Meaning("Only works bookmarked on this day or later: a date or ``YYYY-MM-DD``.", _LATER),
]
BookmarkedUntil: TypeAlias = Annotated[
    dt.date | str,
    Meaning("Only works bookmarked on this day or earlier: a date or ``YYYY-MM-DD``.", _LATER),
]

# Searches on the App API

WordsToFind: TypeAlias = Annotated[
    str,
    NotEmpty(),
    Meaning(
        "What to search for; words with a blank between them must all match, ``OR`` stands "
        "between alternatives, ``-`` before what must not match."
    ),
]
WhereToFind: TypeAlias = Annotated[
    Literal["partial_match_for_tags", "exact_match_for_tags", "title_and_caption", "keyword"],
    Meaning(
        "Where: ``partial_match_for_tags`` parts of tags, ``exact_match_for_tags`` whole tags, "
        "``title_and_caption``, or ``keyword``."
    ),
]
OrderOfFinds: TypeAlias = Annotated[
    Literal["date_desc", "date_asc", "popular_desc", "popular_male_desc", "popular_female_desc"],
    Meaning(
        "``date_desc`` newest first, ``date_asc`` oldest first, or by popularity, for which the "
        "account must be premium: ``popular_desc``, ``popular_male_desc``, "
        "``popular_female_desc``."
    ),
]
PostedWithin: TypeAlias = Annotated[
    Literal["within_last_day", "within_last_week", "within_last_month"],
    Meaning(
        "Works of the last day, week or month only: ``within_last_day``, ``within_last_week``, "
        "``within_last_month``."
    ),
]
ShownOrHiddenAI: TypeAlias = Annotated[
    Literal[0, 1], Meaning("0 shows works made by AI, 1 hides them.")
]
WordsOutsideTags: TypeAlias = Annotated[
    bool, Meaning("Whether to add what matches the words outside of tags.")
]
TranslationsToo: TypeAlias = Annotated[bool, Meaning("Whether to match translations of tags.")]
LeastBookmarks: TypeAlias = Annotated[int, Between(0), Meaning("The fewest bookmarks of a work.")]
GreatestBookmarks: TypeAlias = Annotated[int, Between(0), Meaning("The most bookmarks of a work.")]
LanguageOfWorks: TypeAlias = Annotated[str, Meaning("Language, such as ``ja``.")]
KindOfWorks: TypeAlias = Annotated[str, Meaning("Kind of works, such as ``illust``.")]
ShapeOfWorks: TypeAlias = Annotated[
    Literal["landscape", "portrait", "square"],
    Meaning("``landscape``, ``portrait`` or ``square``."),
]
DoubtfulWorksToo: TypeAlias = Annotated[
    bool,
    Meaning(
        "False hides works that may break pixiv's rules; left out, they are shown (as captured "
        "from iOS app 8.6)."
    ),
]
WhereToFindNovels: TypeAlias = Annotated[
    Literal["partial_match_for_tags", "exact_match_for_tags", "text", "keyword"],
    Meaning(
        "Where: ``partial_match_for_tags`` parts of tags, ``exact_match_for_tags`` whole tags, "
        "``text`` the text, or ``keyword``: tags, titles and captions."
    ),
]
GenreOfNovels: TypeAlias = Annotated[int, Meaning("Number of a genre, as pixiv has it.")]
NoFanWorks: TypeAlias = Annotated[bool, Meaning("Whether to leave out fan works.")]
WithWordsToReplace: TypeAlias = Annotated[
    bool,
    Meaning(
        "Whether to show only novels with words that readers may replace by their own, such as "
        "the name of the hero."
    ),
]
FewestCharacters: TypeAlias = Annotated[int, Between(0), Meaning("The fewest characters.")]
MostCharacters: TypeAlias = Annotated[int, Between(0), Meaning("The most characters.")]
FewestWords: TypeAlias = Annotated[int, Between(0), Meaning("The fewest words.")]
MostWords: TypeAlias = Annotated[int, Between(0), Meaning("The most words.")]
ShortestReading: TypeAlias = Annotated[
    int, Between(0), Meaning("The shortest time to read, in seconds as on the web.")
]
LongestReading: TypeAlias = Annotated[
    int, Between(0), Meaning("The longest time to read, in seconds as on the web.")
]
