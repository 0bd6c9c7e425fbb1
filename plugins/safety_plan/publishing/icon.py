"""The picture of the site in a browser's tabs and bookmarks: the town's seal, or a plain shield in its colour."""

from __future__ import annotations

import struct
import zlib
from itertools import pairwise

from safety_plan.reading.schema.town import Town

_SHIELD = (
    (0.5, 0.03), (0.62, 0.11), (0.78, 0.15), (0.9, 0.15), (0.9, 0.5), (0.86, 0.64), (0.78, 0.77), (0.66, 0.88),
    (0.5, 0.97), (0.34, 0.88), (0.22, 0.77), (0.14, 0.64), (0.1, 0.5), (0.1, 0.15), (0.22, 0.15), (0.38, 0.11),
)  # fmt: skip
"""The outline of a shield, as parts of the width and height of the picture from its upper left corner."""

_FINE = 4
"""How many points are looked at along each side of a pixel, so that slanted edges are smooth."""

CIVIC_BLUE = "#17406d"
"""The colour of a town that has set none."""


ICON = "assets/icon.svg"
"""The address of the shield as SVG, where a town has no seal of its own."""

ICON_PNG = "assets/icon.png"
"""The address of the shield for browsers that read no SVG."""


def icon_of(town: Town) -> str:
    """The address of the picture that stands for the site: the town's seal, else the shield."""
    return town.look.seal.file if town.look.seal else ICON


def icon_files(town: Town) -> dict[str, str | bytes]:
    """The files of the shield in the town's colour, by their addresses."""
    colour = town.look.colour or CIVIC_BLUE
    return {
        ICON: shield_svg(colour),
        ICON_PNG: shield_png(colour),
        "favicon.ico": icon_file(shield_png(colour, 32), 32),
    }


def shield_svg(colour: str = CIVIC_BLUE) -> str:
    """A shield of a colour, written as # and six digits or letters, as SVG."""
    points = " ".join(f"{64 * x:g},{64 * y:g}" for x, y in _SHIELD)
    shape = f'<polygon points="{points}" fill="{colour}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{shape}</svg>\n'


def shield_png(colour: str = CIVIC_BLUE, size: int = 180) -> bytes:
    """The same shield as PNG, `size` pixels wide and high, with a ground that can be seen through."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    rows = []
    for row in range(size):
        seen = _covered(row, size)
        rows.append(b"\0" + b"".join(bytes((red, green, blue, one)) for one in seen))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"".join(rows), 9))
        + _chunk(b"IEND", b"")
    )


def icon_file(png: bytes, size: int) -> bytes:
    """A picture as the file `favicon.ico`, which browsers ask for by themselves."""
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, size % 256, size % 256, 0, 0, 1, 32, len(png), 22) + png


def _covered(row: int, size: int) -> list[int]:
    """How much of each pixel of a row lies within the shield: from 0 for nothing to 255 for all of it."""
    fine = size * _FINE
    counts = [0] * size
    for line in range(_FINE):
        start, end = _span((row * _FINE + line + 0.5) / fine)
        for point in range(max(0, round(start * fine)), min(fine, round(end * fine))):
            counts[point // _FINE] += 1
    return [count * 255 // (_FINE * _FINE) for count in counts]


def _span(height: float) -> tuple[float, float]:
    """From where to where the shield reaches at a height: it has no hollows below its upper edge."""
    sides = [
        x + (height - y) * (to_x - x) / (to_y - y)
        for (x, y), (to_x, to_y) in pairwise((*_SHIELD, _SHIELD[0]))
        if min(y, to_y) <= height < max(y, to_y)
    ]
    return (min(sides), max(sides)) if sides else (0.0, 0.0)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
