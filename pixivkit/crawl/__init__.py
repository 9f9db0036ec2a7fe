"""
Whole things: all works of a user, a tag to its end, a series, comments with their replies.

Each is an asynchronous iterator that fetches as it is consumed, at the client's pace, behind the
calls that somebody waits for. With a journal, what an earlier crawl has fetched is not asked for
again: lists, days and batches that are recorded stay as they were then. A journal that cannot be
read or written raises `JournalError`, after the works of the last reply. Crawls that run at the
same time share an open `Journal`; by its name, one at a time has the file.

With ``web_fallback=True`` those through the App API look up on the web what it hides: the account
may be shown there what the apps do not show. A lookup keeps the pace, and is recorded; where it
fails, the stub comes.
"""

from __future__ import annotations

from .comments import CommentCrawls
from .coverage import Coverage, DayCoverage
from .rankings import RankingCrawls
from .search import SearchCrawls
from .series import SeriesCrawls
from .tag import TagCrawl
from .user import UserCrawls

__all__ = ["Coverage", "Crawl", "DayCoverage", "TagCrawl"]


class Crawl(UserCrawls, RankingCrawls, SearchCrawls, SeriesCrawls, CommentCrawls):
    """Crawls of a client: ``px.crawl``."""
