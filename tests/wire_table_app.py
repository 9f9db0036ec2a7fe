"""The wire table of the App API: submitting works, comments, drafts, and four reads."""

from __future__ import annotations

from typing import Any

from wire_table_case import Body, Form, Multipart, WireCase

V1 = "https://app-api.pixiv.net/v1"

PNG = b"\x89PNG\r\n\x1a\n first"
JPEG = b"\xff\xd8\xff\xe0 second"
AWKWARD_FILE = b'--boundary--\r\nContent-Disposition: form-data; name="title"\r\n\r\n\x00\xff&=%'


def _get(
    name: str, variant: str, path: str, call: dict[str, Any], query: dict[str, str]
) -> WireCase:
    return WireCase(
        name=name,
        id=f"{name}-{variant}",
        call=call,
        method="GET",
        url=V1 + path,
        query=tuple(query.items()),
        body=None,
        referer=None,
        auth="bearer",
    )


def _post(name: str, variant: str, path: str, call: dict[str, Any], body: Body) -> WireCase:
    return WireCase(
        name=name,
        id=f"{name}-{variant}",
        call=call,
        method="POST",
        url=V1 + path,
        query=(),
        body=body,
        referer=None,
        auth="bearer",
    )


UPLOAD_ILLUST = (
    _post(
        "app.upload.illust",
        "defaults",
        "/upload/illust",
        {"title": "Lantern", "files": [PNG]},
        Multipart(
            fields=(
                ("title", "Lantern"),
                ("caption", ""),
                ("type", "illust"),
                ("restrict", "public"),
                ("x_restrict", "none"),
                ("is_sexual", "false"),
            ),
            files=(("files[]", PNG),),
        ),
    ),
    _post(
        "app.upload.illust",
        "every-parameter",
        "/upload/illust",
        {
            "title": "Lantern",
            "files": [PNG, JPEG],
            "caption": "two pages",
            "type": "manga",
            "restrict": "mypixiv",
            "x_restrict": "r18g",
            "is_sexual": True,
            "tags": ["tag1", "tag2"],
        },
        Multipart(
            fields=(
                ("title", "Lantern"),
                ("caption", "two pages"),
                ("type", "manga"),
                ("restrict", "mypixiv"),
                ("x_restrict", "r18g"),
                ("is_sexual", "true"),
                ("tags[]", "tag1"),
                ("tags[]", "tag2"),
            ),
            files=(("files[]", PNG), ("files[]", JPEG)),
        ),
    ),
    _post(
        "app.upload.illust",
        "hostile",
        "/upload/illust",
        {
            "title": 'Cat & "Dog" = 100% +1 #?/; 🐈',
            "files": [AWKWARD_FILE],
            "caption": '一行目\r\nContent-Disposition: form-data; name="restrict"\r\n\r\nprivate',
            "tags": ["fate/zero", "C++", "猫 耳", "%2F", 'a"b\\c', "🐈", "same", "same"],
        },
        Multipart(
            fields=(
                ("title", 'Cat & "Dog" = 100% +1 #?/; 🐈'),
                (
                    "caption",
                    '一行目\r\nContent-Disposition: form-data; name="restrict"\r\n\r\nprivate',
                ),
                ("type", "illust"),
                ("restrict", "public"),
                ("x_restrict", "none"),
                ("is_sexual", "false"),
                ("tags[]", "fate/zero"),
                ("tags[]", "C++"),
                ("tags[]", "猫 耳"),
                ("tags[]", "%2F"),
                ("tags[]", 'a"b\\c'),
                ("tags[]", "🐈"),
                ("tags[]", "same"),
                ("tags[]", "same"),
            ),
            files=(("files[]", AWKWARD_FILE),),
        ),
    ),
)

# A draft and a finished novel are sent alike.
UPLOAD_NOVEL = tuple(
    case
    for name, path in (
        ("app.upload.novel", "/upload/novel"),
        ("app.upload.novel_draft", "/upload/novel/draft"),
    )
    for case in (
        _post(
            name,
            "defaults",
            path,
            {"title": "Harbour", "text": "It rained."},
            Form(
                (
                    ("title", "Harbour"),
                    ("caption", ""),
                    ("cover_id", "0"),
                    ("text", "It rained."),
                    ("restrict", "public"),
                    ("x_restrict", "none"),
                    ("is_original", "0"),
                )
            ),
        ),
        _post(
            name,
            "every-parameter",
            path,
            {
                "title": "Harbour",
                "text": "It rained.[newpage]It stopped.",
                "caption": "two pages",
                "cover_id": 11,
                "restrict": "private",
                "x_restrict": "r18",
                "tags": ("tag1", "tag2"),
                "is_original": True,
            },
            Form(
                (
                    ("title", "Harbour"),
                    ("caption", "two pages"),
                    ("cover_id", "11"),
                    ("text", "It rained.[newpage]It stopped."),
                    ("restrict", "private"),
                    ("x_restrict", "r18"),
                    ("tags[]", "tag1"),
                    ("tags[]", "tag2"),
                    ("is_original", "1"),
                )
            ),
        ),
        _post(
            name,
            "hostile",
            path,
            {
                "title": "a&b=c;d",
                "text": "  一行目\n二行目\r\n[[rb:猫 > ねこ]] 100% +1 🐈  ",
                "caption": "\"?#/\\'&caption=no",
                "tags": ["fate/zero", "C++", "a&tags[]=b", "猫 耳", "same", "same"],
            },
            Form(
                (
                    ("title", "a&b=c;d"),
                    ("caption", "\"?#/\\'&caption=no"),
                    ("cover_id", "0"),
                    ("text", "  一行目\n二行目\r\n[[rb:猫 > ねこ]] 100% +1 🐈  "),
                    ("restrict", "public"),
                    ("x_restrict", "none"),
                    ("tags[]", "fate/zero"),
                    ("tags[]", "C++"),
                    ("tags[]", "a&tags[]=b"),
                    ("tags[]", "猫 耳"),
                    ("tags[]", "same"),
                    ("tags[]", "same"),
                    ("is_original", "0"),
                )
            ),
        ),
    )
)

UPLOAD_OTHER = (
    _post(
        "app.upload.status",
        "defaults",
        "/upload/status",
        {"convert_key": "0123abcd"},
        Form((("convert_key", "0123abcd"),)),
    ),
    _post(
        "app.upload.status",
        "hostile",
        "/upload/status",
        {"convert_key": "a+b/c==&d=%2F #?"},
        Form((("convert_key", "a+b/c==&d=%2F #?"),)),
    ),
    _get("app.upload.novel_covers", "defaults", "/upload/novel/covers", {}, {}),
)

DRAFTS = (
    _get("app.user.novel_draft_previews", "defaults", "/user/novel-draft-previews", {}, {}),
    _get(
        "app.user.novel_draft_detail",
        "defaults",
        "/user/novel/draft/detail",
        {"draft_id": 4321},
        {"draft_id": "4321"},
    ),
    _post(
        "app.user.novel_draft_delete",
        "defaults",
        "/user/novel/draft/delete",
        {"draft_id": 4321},
        Form((("draft_id", "4321"),)),
    ),
)

DELETES = (
    # The seed names no method here; the other deletes are form POSTs, and so is this one.
    _post(
        "app.illust.delete",
        "defaults",
        "/illust/delete",
        {"illust_id": 5550001},
        Form((("illust_id", "5550001"),)),
    ),
    _post(
        "app.illust.delete",
        "every-parameter",
        "/illust/delete",
        {"illust_id": 5550001, "type": "manga"},
        Form((("illust_id", "5550001"), ("type", "manga"))),
    ),
    _post(
        "app.novel.delete",
        "defaults",
        "/novel/delete",
        {"novel_id": 5550002},
        Form((("novel_id", "5550002"),)),
    ),
)

# The seed writes `commnt` in the parameter list of the illust comment (and `comment` in its
# example), and `parent_comment` for the novel one; the real clients send `comment` and
# `parent_comment_id` to both.
COMMENTS = tuple(
    case
    for kind in ("illust", "novel")
    for case in (
        _post(
            f"app.{kind}.comment_add",
            "defaults",
            f"/{kind}/comment/add",
            {f"{kind}_id": 5550003, "comment": "Lovely"},
            Form(((f"{kind}_id", "5550003"), ("comment", "Lovely"))),
        ),
        _post(
            f"app.{kind}.comment_add",
            "every-parameter",
            f"/{kind}/comment/add",
            {
                f"{kind}_id": 5550003,
                "comment": "Lovely",
                "parent_comment_id": 660001,
                "stamp_id": 301,
            },
            Form(
                (
                    (f"{kind}_id", "5550003"),
                    ("comment", "Lovely"),
                    ("parent_comment_id", "660001"),
                    ("stamp_id", "301"),
                )
            ),
        ),
        _post(
            f"app.{kind}.comment_add",
            "hostile",
            f"/{kind}/comment/add",
            {
                f"{kind}_id": 5550003,
                "comment": f'"猫" & {kind}_id=1; 100% +1 #?/\n(heart)🐈',
                "parent_comment_id": 660001,
            },
            Form(
                (
                    (f"{kind}_id", "5550003"),
                    ("comment", f'"猫" & {kind}_id=1; 100% +1 #?/\n(heart)🐈'),
                    ("parent_comment_id", "660001"),
                )
            ),
        ),
        _post(
            f"app.{kind}.comment_delete",
            "defaults",
            f"/{kind}/comment/delete",
            {"comment_id": 660002},
            Form((("comment_id", "660002"),)),
        ),
    )
)

READS = (
    _get(
        "app.illust.detail",
        "defaults",
        "/illust/detail",
        {"illust_id": 5550004},
        {"illust_id": "5550004"},
    ),
    _get(
        "app.user.illusts",
        "defaults",
        "/user/illusts",
        {"user_id": 70001},
        {"user_id": "70001"},
    ),
    _get(
        "app.user.illusts",
        "every-parameter",
        "/user/illusts",
        {"user_id": 70001, "type": "manga", "filter": "for_android", "offset": 30},
        {"user_id": "70001", "type": "manga", "filter": "for_android", "offset": "30"},
    ),
    _get(
        "app.user.illusts",
        "zero-is-not-none",
        "/user/illusts",
        {"user_id": 70001, "offset": 0},
        {"user_id": "70001", "offset": "0"},
    ),
    _get(
        "app.ugoira.metadata",
        "defaults",
        "/ugoira/metadata",
        {"illust_id": 5550005},
        {"illust_id": "5550005"},
    ),
)

SEARCH_SENT = {"search_target": "partial_match_for_tags", "sort": "date_desc"}

SEARCH_ILLUST = (
    _get(
        "app.search.illust",
        "defaults",
        "/search/illust",
        {"word": "猫"},
        SEARCH_SENT | {"word": "猫"},
    ),
    _get(
        "app.search.illust",
        "every-parameter",
        "/search/illust",
        {
            "word": "猫",
            "search_target": "title_and_caption",
            "sort": "popular_male_desc",
            "duration": "within_last_week",
            "start_date": "2023-01-31",
            "end_date": "2024-02-29",
            "search_ai_type": 1,
            "merge_plain_keyword_results": True,
            "include_translated_tag_results": True,
            "bookmark_num_min": 100,
            "bookmark_num_max": 5000,
            "lang": "ja",
            "filter": "for_ios",
            "offset": 60,
            "content_type": "illust",
            "ratio_pattern": "landscape",
            "width_min": 1000,
            "width_max": 4000,
            "height_min": 800,
            "height_max": 3000,
            "tool": "Photoshop",
            "include_potential_violation_works": True,
        },
        {
            "word": "猫",
            "search_target": "title_and_caption",
            "sort": "popular_male_desc",
            "duration": "within_last_week",
            "start_date": "2023-01-31",
            "end_date": "2024-02-29",
            "search_ai_type": "1",
            "merge_plain_keyword_results": "true",
            "include_translated_tag_results": "true",
            "bookmark_num_min": "100",
            "bookmark_num_max": "5000",
            "lang": "ja",
            "filter": "for_ios",
            "offset": "60",
            "content_type": "illust",
            "ratio_pattern": "landscape",
            "width_min": "1000",
            "width_max": "4000",
            "height_min": "800",
            "height_max": "3000",
            "tool": "Photoshop",
            "include_potential_violation_works": "true",
        },
    ),
    _get(
        "app.search.illust",
        "zero-and-false-are-not-none",
        "/search/illust",
        {
            "word": "猫",
            "search_ai_type": 0,
            "merge_plain_keyword_results": False,
            "bookmark_num_min": 0,
            "offset": 0,
        },
        SEARCH_SENT
        | {
            "word": "猫",
            "search_ai_type": "0",
            "merge_plain_keyword_results": "false",
            "bookmark_num_min": "0",
            "offset": "0",
        },
    ),
    _get(
        "app.search.illust",
        "hostile",
        "/search/illust",
        {"word": 'fate/zero+猫 OR "a&b=c" #?100%2F -R-18 🐈', "tool": "A&B=C+ #1"},
        SEARCH_SENT | {"word": 'fate/zero+猫 OR "a&b=c" #?100%2F -R-18 🐈', "tool": "A&B=C+ #1"},
    ),
)

APP_CASES: tuple[WireCase, ...] = (
    *UPLOAD_ILLUST,
    *UPLOAD_NOVEL,
    *UPLOAD_OTHER,
    *DRAFTS,
    *DELETES,
    *COMMENTS,
    *READS,
    *SEARCH_ILLUST,
)
