"""Codes that phones read from paper, as pictures within a page."""

from __future__ import annotations

import segno
from markupsafe import Markup, escape


def qr_code(address: str, label: str, size: str = "3cm") -> Markup:
    """The code that leads to an address, as SVG of this width and height; `label` says in words where it leads.

    A quarter of it may be unreadable (error correction Q): paper on a notice board fades and gets folded.
    """
    code = segno.make(address, error="q", micro=False)
    width = len(code.matrix) + 8
    # The quiet zone of four modules on each side is part of the standard, ISO/IEC 18004.
    path = "".join(
        f"M{column + 4} {row + 4}h1v1h-1z"
        for row, line in enumerate(code.matrix)
        for column, dark in enumerate(line)
        if dark
    )
    return Markup(
        '<svg class="sp-qr" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" '
        'viewBox="0 0 {} {}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{}v{}H0z"/>'
        '<path fill="#000" d="{}"/></svg>'
    ).format(escape(label), size, size, width, width, width, width, Markup(path))
