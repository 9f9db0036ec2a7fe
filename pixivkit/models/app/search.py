"""What searches may be narrowed by."""

from __future__ import annotations

import attrs

from ..base import Model

__all__ = [
    "AutocompleteKeywords",
    "BookmarkRange",
    "IllustSearchOptions",
    "NovelSearchOptions",
    "SearchGenre",
    "SearchGenreOptions",
    "SearchLanguage",
    "SearchLanguageOptions",
    "SearchOptions",
    "SearchToolOptions",
]


@attrs.define(kw_only=True)
class AutocompleteKeywords(Model):
    """
    Tags that begin like what was typed, without translations.

    Attributes:
        search_auto_complete_keywords: The tags, the most likely first.
    """

    search_auto_complete_keywords: list[str] = attrs.field(factory=list[str])


@attrs.define(kw_only=True)
class BookmarkRange(Model):
    """
    Numbers of bookmarks that a search may be narrowed to.

    Attributes:
        bookmark_num_min: The fewest, as digits; ``*`` for any.
        bookmark_num_max: The most, as digits; ``*`` for any.
    """

    bookmark_num_min: str = ""
    bookmark_num_max: str = ""


@attrs.define(kw_only=True)
class SearchLanguage(Model):
    """
    A language of works.

    Attributes:
        code: What searches take as *lang*, such as ``ja``.
        name: What it is called.
    """

    code: str = ""
    name: str = ""


@attrs.define(kw_only=True)
class SearchLanguageOptions(Model):
    """The languages to choose from."""

    options: list[SearchLanguage] = attrs.field(factory=list[SearchLanguage])


@attrs.define(kw_only=True)
class SearchToolOptions(Model):
    """The tools to choose from, which searches take as *tool*."""

    options: list[str] = attrs.field(factory=list[str])


@attrs.define(kw_only=True)
class SearchGenre(Model):
    """
    A genre of novels.

    Attributes:
        id: What searches take as *genre*.
        label: What it is called.
    """

    id: int
    label: str = ""


@attrs.define(kw_only=True)
class SearchGenreOptions(Model):
    """The genres to choose from."""

    options: list[SearchGenre] = attrs.field(factory=list[SearchGenre])


@attrs.define(kw_only=True)
class IllustSearchOptions(Model):
    """
    What a search for illustrations and manga may be narrowed by.

    Attributes:
        bookmark_ranges: Numbers of bookmarks.
        show_ai_condition: Whether the apps offer to hide works made by AI.
        lang: Languages.
        tool: Tools.
    """

    bookmark_ranges: list[BookmarkRange] = attrs.field(factory=list[BookmarkRange])
    show_ai_condition: bool | None = None
    lang: SearchLanguageOptions = attrs.field(factory=SearchLanguageOptions)
    tool: SearchToolOptions = attrs.field(factory=SearchToolOptions)


@attrs.define(kw_only=True)
class NovelSearchOptions(Model):
    """
    What a search for novels may be narrowed by.

    Attributes:
        bookmark_ranges: Numbers of bookmarks.
        show_ai_condition: Whether the apps offer to hide novels made by AI.
        lang: Languages.
        genre: Genres.
        word_count_supported_languages: Languages whose novels have a number of words, with commas
            between them.
    """

    bookmark_ranges: list[BookmarkRange] = attrs.field(factory=list[BookmarkRange])
    show_ai_condition: bool | None = None
    lang: SearchLanguageOptions = attrs.field(factory=SearchLanguageOptions)
    genre: SearchGenreOptions = attrs.field(factory=SearchGenreOptions)
    word_count_supported_languages: str = ""


@attrs.define(kw_only=True)
class SearchOptions(Model):
    """What searches may be narrowed by; the shape is what clients read, no reply was seen."""

    illust: IllustSearchOptions = attrs.field(factory=IllustSearchOptions)
    novel: NovelSearchOptions = attrs.field(factory=NovelSearchOptions)
