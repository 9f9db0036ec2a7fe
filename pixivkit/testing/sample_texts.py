"""The words that the fake pixiv's names and titles are made of; nobody is meant by them."""

from __future__ import annotations

from typing import Final

import attrs

__all__ = ["ADJECTIVES", "CAPTIONS", "COMMENTS", "LINKS", "NAMES", "PARAGRAPHS", "PLACES", "TAGS",
           "TITLES", "TOOLS", "TagWord"]  # fmt: skip


@attrs.frozen
class TagWord:
    """A tag, how it is read, and what it is called in English."""

    name: str
    romaji: str
    english: str | None


TAGS: Final = {
    tag.name: tag
    for tag in (
        TagWord("オリジナル", "orijinaru", "original"),
        TagWord("風景", "fuukei", "scenery"),
        TagWord("猫", "neko", "cat"),
        TagWord("灯台", "toudai", "lighthouse"),
        TagWord("夜空", "yozora", "night sky"),
        TagWord("喫茶店", "kissaten", "cafe"),
        TagWord("鉄道", "tetsudou", "railway"),
        TagWord("夏", "natsu", "summer"),
        TagWord("雪", "yuki", "snow"),
        TagWord("図書室", "toshoshitsu", "library"),
        TagWord("傘", "kasa", "umbrella"),
        TagWord("海辺", "umibe", "seaside"),
        TagWord("漫画", "manga", "manga"),
        TagWord("うごイラ", "ugoira", "ugoira"),
        TagWord("落書き", "rakugaki", "doodle"),
        TagWord("landscape", "", None),
        TagWord("watercolor", "", None),
        TagWord("R-18", "", None),
    )
}

NAMES: Final = (
    ("木陰ソラ", "kokage_sora"), ("Marble Finch", "marble_finch"), ("雨宿りぽん", "amayadori_pon"),
    ("汐風トオル", "shiokaze_toru"), ("Paper Comet", "paper_comet"), ("羊雲メイ", "hitsuji_mei"),
    ("燈りや", "akari_ya"), ("Quiet Harbor", "quiet_harbor"), ("六月ミルク", "rokugatsu_milk"),
    ("Copper Owl", "copper_owl"), ("夕凪リツ", "yunagi_ritsu"), ("胡桃パイ", "kurumi_pie"),
)  # fmt: skip

ADJECTIVES: Final = (
    "朝の",
    "夕暮れの",
    "静かな",
    "Small ",
    "Distant ",
    "雨上がりの",
    "青い",
    "Last ",
)
PLACES: Final = (
    "灯台",
    "駅",
    "harbor",
    "喫茶店",
    "library",
    "屋根裏",
    "海辺",
    "bridge",
    "路地裏",
    "庭",
)
TOOLS: Final = ("Photoshop", "CLIP STUDIO PAINT", "Procreate", "SAI")
CAPTIONS: Final = (
    "",
    "きのう見た景色を思い出して描きました。",
    "A small study of light.<br />Thank you for looking!",
    "続きはまた来週。",
)
COMMENTS: Final = (
    "光の色がすてきです！",
    "What a calm scene (heart)",
    "この場所に行ってみたい",
    "Lovely colours!",
    "いつも楽しみにしています (smile)",
)
PARAGRAPHS: Final = (
    "　風がやむと、町は急に静かになった。",
    "The lamp went out twice before midnight.",
    "　[[rb:汽笛 > きてき]]が遠くで一度だけ鳴った。",
)
TITLES: Final = (
    "[chapter:第一章]",
    "[chapter:灯台の[[rb:夜 > よる]]]",
    "[chapter: The second lamp ]",
)
LINKS: Final = (
    "[jump:1]",
    "[[jumpuri:続きの地図 > https://example.com/map?page=2]]",
    "[[jumpuri:[[rb:岬 > みさき]]の写真 > https://example.com/cape]] [jump:9]",
)
