"""The documentation site: Sphinx with MyST and Furo; the reference is written at each build."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from pixivkit import __version__  # noqa: E402

project = "pixivkit"
author = "the authors of pixivkit"
copyright = "the authors of pixivkit"
version = release = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx_design",
]
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
# In docstrings, `names` are code.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
napoleon_use_ivar = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "furo"
html_title = f"pixivkit {version}"
html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["wide-tables.css"]


def write_reference(app: Any) -> None:
    """Write the generated pages; those that did not change are left alone."""
    del app
    from tools.reference import reference_pages

    folder = HERE / "reference" / "generated"
    pages = reference_pages()
    for path in list(folder.rglob("*.md")):
        if str(path.relative_to(folder)) not in pages:
            path.unlink()
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def mark_code(app: Any, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Mark paragraphs of docstrings that are indented as code: they are examples."""
    del app, what, name, obj, options
    marked: list[str] = []
    text = ""  # The last line that is not blank.
    for line in lines:
        deeper = _indent(line) == _indent(text) + 4 and not text.rstrip().endswith(":")
        if line.strip() and text and deeper and not marked[-1].strip():
            marked += [f"{' ' * _indent(text)}::", ""]
        marked.append(line)
        text = line if line.strip() else text
    lines[:] = marked


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", mark_code, priority=100)
    app.connect("builder-inited", write_reference, priority=100)
