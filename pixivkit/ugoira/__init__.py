"""
Ugoira: the frames in their archive, and exports to pictures that play, videos and folders.

`Pixiv.download` fetches and exports in one go; here is what works on an archive that is there.
"""

from __future__ import annotations

from .archive import ArchiveSource, Frame, UgoiraArchive
from .entries import ArchiveLimits
from .export import ExportFormat, UgoiraFiles, export
from .picture_header import PictureHeader, PictureKind
from .timing import FrameTiming, Shown

__all__ = [
    "ArchiveLimits",
    "ArchiveSource",
    "ExportFormat",
    "Frame",
    "FrameTiming",
    "PictureHeader",
    "PictureKind",
    "Shown",
    "UgoiraArchive",
    "UgoiraFiles",
    "export",
]
