"""Articles of pixivision."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import Model

__all__ = ["SpotlightArticle", "SpotlightArticleList"]


@attrs.define(kw_only=True)
class SpotlightArticle(Model):
    """
    An article.

    Attributes:
        id: Its id.
        title: Its title, which may name the theme first.
        pure_title: Its title alone.
        thumbnail: Its picture.
        article_url: The article, on the web.
        publish_date: When it came out.
        category: What it is, such as ``spotlight``.
        subcategory_label: The same for people.
    """

    id: int
    title: str = ""
    pure_title: str = ""
    thumbnail: str | None = None
    article_url: str | None = None
    publish_date: dt.datetime | None = None
    category: str = ""
    subcategory_label: str = ""


@attrs.define(kw_only=True)
class SpotlightArticleList(Model):
    """
    A page of articles.

    Attributes:
        spotlight_articles: The articles, newest first.
        next_url: Where the next page is; None at the end.
    """

    spotlight_articles: list[SpotlightArticle] = attrs.field(factory=list[SpotlightArticle])
    next_url: str | None = None
