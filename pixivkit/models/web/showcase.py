"""Articles of pixivision as the web API has them; what is below the first level is snake_case."""

from __future__ import annotations

import datetime as dt

import attrs

from ..base import Model, WebModel, alias

__all__ = [
    "Showcase",
    "ShowcaseBigCategory",
    "ShowcaseCategory",
    "ShowcaseEntry",
    "ShowcaseIllust",
    "ShowcaseIllustUrls",
    "ShowcaseRelated",
    "ShowcaseSubcategory",
    "ShowcaseTag",
    "ShowcaseTranslation",
]


@attrs.define(kw_only=True)
class ShowcaseTag(Model):
    """A tag of an article."""

    id: int
    name: str = ""


@attrs.define(kw_only=True)
class ShowcaseBigCategory(Model):
    """
    The widest category of an article.

    Attributes:
        name: What it is called.
        slug: Its name in addresses, such as ``illust``.
        exclude: Names of subcategories that are not part of it.
    """

    name: str = ""
    slug: str = ""
    exclude: list[str] = attrs.field(factory=list[str])


@attrs.define(kw_only=True)
class ShowcaseCategory(Model):
    """The category of an article."""

    label: str = ""
    introduction: str = ""


@attrs.define(kw_only=True)
class ShowcaseSubcategory(Model):
    """
    The subcategory of an article.

    Attributes:
        label: What it is called.
        label_en: The same in English.
        title: The heading of its page.
        introduction: What it is about.
        image_url: Its picture.
        big_image_url: The same, larger.
    """

    label: str = ""
    label_en: str = ""
    title: str = ""
    introduction: str = ""
    image_url: str = ""
    big_image_url: str = ""


@attrs.define(kw_only=True)
class ShowcaseEntry(Model):
    """
    The article itself.

    Attributes:
        id: Its id.
        title: Its title, which may name the theme first.
        pure_title: Its title alone.
        catchphrase: What stands above the title.
        header: What stands above the works, in HTML.
        body: What stands among the works, in HTML.
        intro: The same as *header*, without tags.
        footer: What stands below the works, in HTML.
        sidebar: What stands beside the works, in HTML.
        article_url: The article, on pixivision.
        publish_date: When it came out, in seconds since 1970.
        language: Its language, such as ``ja``.
        tags: Its tags.
        twitter_count: How often it was shared there.
        facebook_count: How often it was shared there.
    """

    id: int
    title: str = ""
    pure_title: str = ""
    catchphrase: str = ""
    header: str = ""
    body: str = ""
    intro: str = ""
    footer: str = ""
    sidebar: str = ""
    article_url: str = ""
    publish_date: int | None = None
    language: str = ""
    tags: list[ShowcaseTag] = attrs.field(factory=list[ShowcaseTag])
    big_category: ShowcaseBigCategory | None = None
    pixivision_category: ShowcaseCategory | None = None
    pixivision_category_slug: str = ""
    pixivision_subcategory: ShowcaseSubcategory | None = None
    pixivision_subcategory_slug: str = ""
    twitter_count: int | None = None
    facebook_count: int | None = None


@attrs.define(kw_only=True)
class ShowcaseIllustUrls(Model):
    """
    Pictures of a work in an article.

    Attributes:
        in_1200: Fits into 1200 by 1200 pixels.
        in_768: Fits into 768 by 1200 pixels.
        ugoira_1920: The zip file of an ugoira, at most 1920 by 1080 pixels; else empty.
        ugoira_600: The same, at most 600 by 600 pixels.
    """

    in_1200: str = alias("1200x1200", default="")
    in_768: str = alias("768x1200", default="")
    ugoira_1920: str = alias("ugoira1920x1080", default="")
    ugoira_600: str = alias("ugoira600x600", default="")


@attrs.define(kw_only=True)
class ShowcaseIllust(Model):
    """
    A work in an article.

    Attributes:
        illust_id: Its id.
        illust_title: Its title.
        illust_comment: What its author says about it.
        illust_type: 0 illustration, 1 manga, 2 ugoira.
        illust_ext: Ending of its files, such as ``jpg``.
        illust_restrict: 0 public.
        illust_x_restrict: 0 all ages, 1 R-18, 2 R-18G.
        illust_create_date: When it was made.
        illust_upload_date: When it was posted.
        description: What the article says about it, in HTML.
        language: Language of the article's author; ``en`` in every reply seen.
        spotlight_article_id: Id of the article.
        user_account: The name in the address of its author's profile.
        user_comment: What its author says about themself.
        user_icon: The picture of its author.
        url: Pictures of it.
        ugoira_meta: None in every reply seen.
    """

    illust_id: int
    illust_title: str = ""
    illust_comment: str | None = None
    illust_type: int | None = None
    illust_ext: str = ""
    illust_page_count: int = 0
    illust_width: int = 0
    illust_height: int = 0
    illust_restrict: int | None = None
    illust_x_restrict: int | None = None
    illust_sanity_level: int | None = None
    illust_book_style: int | None = None
    illust_server_id: int | None = None
    illust_hash: str | None = None
    illust_create_date: dt.datetime | None = None
    illust_upload_date: dt.datetime | None = None
    illust_user_id: int | None = None
    description: str = ""
    language: str = ""
    spotlight_article_id: int | None = None
    user_account: str = ""
    user_comment: str = ""
    user_icon: str = ""
    user_name: str = ""
    url: ShowcaseIllustUrls | None = None
    ugoira_meta: object = None


@attrs.define(kw_only=True)
class ShowcaseTranslation(Model):
    """An article in a language; empty in every reply seen, so its keys are in `extra`."""


@attrs.define(kw_only=True)
class ShowcaseRelated(Model):
    """
    Another article like it; of most keys only empty values were seen.

    Attributes:
        id: Its id.
        publish_date: When it came out, in seconds since 1970.
        thumbnail_illust_id: Id of the work on its picture.
        big_category_slug: Such as ``illust``.
        pixivision_category_slug: Such as ``spotlight``.
        pixivision_subcategory_slug: Such as ``illustration``.
        is_pr: Whether it is an advertisement.
        memo: A note about it.
    """

    id: int
    publish_date: int | None = None
    thumbnail_illust_id: int | None = None
    thumbnail: str | None = None
    category: str | None = None
    big_category_slug: str = ""
    pixivision_category_slug: str = ""
    pixivision_subcategory_slug: str = ""
    ja: ShowcaseTranslation | None = None
    en: ShowcaseTranslation | None = None
    zh: ShowcaseTranslation | None = None
    zh_tw: ShowcaseTranslation | None = None
    illusts: list[ShowcaseIllust] = attrs.field(factory=list[ShowcaseIllust])
    tags: list[ShowcaseTag] = attrs.field(factory=list[ShowcaseTag])
    numbered_tags: list[ShowcaseTag] = attrs.field(factory=list[ShowcaseTag])
    tag_ids: str | None = None
    is_pr: bool | None = None
    is_sample: bool | None = None
    pr_client_name: str | None = None
    has_body: int | None = None
    memo: str = ""
    edit_status: int | None = None
    translation_status: int | None = None
    advertisement_id: int | None = None
    main_abtest_pattern_id: int | None = None
    facebook_count: int | None = None
    tweet_count: int | None = None
    tweet_max_count: int | None = None


@attrs.define(kw_only=True)
class Showcase(WebModel):
    """
    An article of pixivision, with the works in it.

    Attributes:
        id: Its id.
        title: Its title.
        introduction: What stands above the works.
        footer: What stands below the works, in HTML.
        category: Such as ``spotlight``.
        sub_category: Such as ``illustration``.
        sub_category_label: What that is called.
        sub_category_introduction: What that is about.
        thumbnail_url: Its picture.
        lang: Its language, such as ``ja``.
        publish_date: When it came out, in seconds since 1970.
        is_only_one_user: Whether all works are by one author.
        following_user_ids: Ids of the authors whom the account follows.
        tags: Its tags.
        illusts: The works.
        related_articles: Other articles like it.
        entry: The article itself.
    """

    id: int
    title: str = ""
    introduction: str = ""
    footer: str = ""
    category: str = ""
    sub_category: str = ""
    sub_category_label: str = ""
    sub_category_introduction: str = ""
    thumbnail_url: str = ""
    lang: str = ""
    publish_date: int | None = None
    is_only_one_user: bool | None = None
    following_user_ids: list[int] = attrs.field(factory=list[int])
    tags: list[ShowcaseTag] = attrs.field(factory=list[ShowcaseTag])
    illusts: list[ShowcaseIllust] = attrs.field(factory=list[ShowcaseIllust])
    related_articles: list[ShowcaseRelated] = attrs.field(factory=list[ShowcaseRelated])
    entry: ShowcaseEntry | None = None
