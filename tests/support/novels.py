"""Texts of novels, well-formed and not."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    *("[newpage]", "[chapter:", "[chapter: 夜 ]", "[[rb:", "[[rb: 海 > うみ]]", "[[jumpuri:"),
    *("[[jumpuri:地図 > https://example.com/]]", "[jump:", "[jump:2]", "[pixivimage:"),
    *("[pixivimage:5-2]", "[uploadedimage:7]", "[", "]", "[[", "]]", ">", " > ", "12", "-"),
    *("https://", "\n", "\r\n", "\0", "\ud800", "<b>", "&amp;", "a", "猫", "*", "_", "`", "#"),
    *("1. ", "- ", "    ", "\t", "|", "~~~", "\\", "(", ")", "!", "\ufffe", "\x1b", "<script>"),
    *("]]>", "javascript:", "'"),
)
NOVELS = st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text()
