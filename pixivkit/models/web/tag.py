"""Tags of works; articles, translations and stories of tags."""

from __future__ import annotations

import attrs

from ..base import WebModel
from .site_reply import TagTranslation

__all__ = [
    "Breadcrumb",
    "Breadcrumbs",
    "IllustTag",
    "IllustTags",
    "Pixpedia",
    "TagInfo",
    "TagStories",
]


@attrs.define(kw_only=True)
class Pixpedia(WebModel):
    """
    The article of a tag in the encyclopedia (dic.pixiv.net).

    Attributes:
        abstract: First sentences of the article.
        image: A work that shows it.
        id: Id of that work, None without one.
        yomigana: How the tag is read.
        parent_tag: The tag above it.
        siblings_tags: Tags under the same parent.
        children_tags: Tags under it.
    """

    tag: str = ""
    abstract: str = ""
    image: str = ""
    id: int | None = None
    yomigana: str = ""
    parent_tag: str = ""
    siblings_tags: list[str] = attrs.field(factory=list[str])
    children_tags: list[str] = attrs.field(factory=list[str])


@attrs.define(kw_only=True)
class Breadcrumb(WebModel):
    """A tag in the breadcrumbs of a page, with its name by language."""

    tag: str = ""
    translation: dict[str, str | None] = attrs.field(factory=dict[str, "str | None"])


@attrs.define(kw_only=True)
class Breadcrumbs(WebModel):
    """
    The breadcrumbs of a page.

    Attributes:
        successor: The tags above it, the widest first.
        current: The name of the page itself by language.
    """

    successor: list[Breadcrumb] = attrs.field(factory=list[Breadcrumb])
    current: dict[str, str | None] = attrs.field(factory=dict[str, "str | None"])


@attrs.define(kw_only=True)
class TagInfo(WebModel):
    """
    A tag with its article, its relatives and its translations.

    Attributes:
        tag: The tag as pixiv writes it.
        word: The word that was asked for.
        pixpedia: Its article, None where there is none.
        my_favorite_tags: The favourite tags of this account.
        tag_translation: Its translations, and those of its relatives, by tag.
    """

    tag: str = ""
    word: str = ""
    pixpedia: Pixpedia | None = None
    breadcrumbs: Breadcrumbs = attrs.field(factory=Breadcrumbs)
    my_favorite_tags: list[str] = attrs.field(factory=list[str])
    tag_translation: dict[str, TagTranslation] = attrs.field(factory=dict[str, TagTranslation])


@attrs.define(kw_only=True)
class TagStories(WebModel):
    """Ids of the stories with a tag."""

    tag_story_ids: list[int] = attrs.field(factory=list[int])


@attrs.define(kw_only=True)
class IllustTag(WebModel):
    """
    A tag of a work, and who added it.

    Attributes:
        locked: Whether only the author may remove it.
        deletable: Whether this account may.
        user_id: Id of the user who added it; None where pixiv does not say.
        romaji: Its reading in Latin letters.
        translation: The tag in other languages, None where there is no translation.
    """

    tag: str = ""
    locked: bool | None = None
    deletable: bool | None = None
    user_id: int | None = None
    user_name: str | None = None
    romaji: str | None = None
    translation: TagTranslation | None = None


@attrs.define(kw_only=True)
class IllustTags(WebModel):
    """
    The tags of a work.

    Attributes:
        author_id: Id of the author of the work.
        is_locked: Whether only the author may change them.
        writable: Whether this account may add to them.
    """

    author_id: int | None = None
    is_locked: bool | None = None
    tags: list[IllustTag] = attrs.field(factory=list[IllustTag])
    writable: bool | None = None
    success: bool | None = None
