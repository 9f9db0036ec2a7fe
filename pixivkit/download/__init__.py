"""
Download the files of works: complete or absent, under names that are safe everywhere.

`Pixiv.download` fetches a work, `Pixiv.downloads` a whole run of them, `Pixiv.fetch` one file into
memory; here is what they take and give.
"""

from __future__ import annotations

from .described import Described, ugoira_frames, web_work, work_of
from .file import DownloadedFile
from .finder import Downloadable, DownloadItem
from .image_url import original_candidates
from .naming import NameFields, Template
from .novels import NovelFormat
from .progress import DownloadProgress, DownloadProgressCallback
from .run import DownloadOutcome, DownloadRun
from .safe_names import safe_name
from .source import Source, Work
from .stream import FileStream

__all__ = [
    "Described",
    "DownloadItem",
    "DownloadOutcome",
    "DownloadProgress",
    "DownloadProgressCallback",
    "DownloadRun",
    "Downloadable",
    "DownloadedFile",
    "FileStream",
    "NameFields",
    "NovelFormat",
    "Source",
    "Template",
    "Work",
    "original_candidates",
    "safe_name",
    "ugoira_frames",
    "web_work",
    "work_of",
]
