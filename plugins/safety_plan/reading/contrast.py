"""How well two colours can be told apart, and the nearest shade of a colour that can be read.

The ratio is that of WCAG 2.1 (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio): 1 for the same colour twice, 21 for
black on white. Colours are written as in style sheets, `#17406d`.
"""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls

WHITE = "#ffffff"
LEAST = 4.5
"""The least contrast of a text with its ground: WCAG 2.1, success criterion 1.4.3, for text of the usual size."""

LIGHT_GROUND = "#fbe6e6"
"""The darkest ground on which links stand in light mode."""

DARK_GROUND = "#2b3340"
"""The lightest ground on which links stand in dark mode."""

_MOST = 255
_LOW, _SLOPE, _OFFSET, _POWER = 0.04045, 12.92, 0.055, 2.4
_WEIGHTS = (0.2126, 0.7152, 0.0722)
_FLARE = 0.05


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lower, higher = sorted((_luminance(_parts(one)), _luminance(_parts(other))))
    return (higher + _FLARE) / (lower + _FLARE)


def darker(colour: str, ground: str = WHITE, least: float = LEAST) -> str:
    """The colour itself where it can be read on a light ground, or white on it; else its nearest darker shade."""
    return _towards(colour, 0, ground, least)


def lighter(colour: str, ground: str, least: float = LEAST) -> str:
    """The colour itself where it can be read on a dark ground; else its nearest lighter shade."""
    return _towards(colour, 1, ground, least)


def _towards(colour: str, end: float, ground: str, least: float) -> str:
    """The first shade on the way to an end, 0 for black or 1 for white, that can be read. Its hue stays."""
    hue, lightness, saturation = rgb_to_hls(*(part / _MOST for part in _parts(colour)))
    if contrast(colour, ground) >= least:
        return colour
    for step in range(1, _MOST + 1):
        lit = lightness + (end - lightness) * step / _MOST
        shade = _written(tuple(round(_MOST * part) for part in hls_to_rgb(hue, lit, saturation)))
        if contrast(shade, ground) >= least:
            return shade
    return _written((round(_MOST * end),) * 3)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def _written(parts: tuple[int, ...]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)


def _luminance(parts: tuple[int, ...]) -> float:
    """The relative luminance of WCAG 2.1, from 0 for black to 1 for white."""
    return sum(weight * _linear(part / _MOST) for weight, part in zip(_WEIGHTS, parts, strict=True))


def _linear(part: float) -> float:
    return part / _SLOPE if part <= _LOW else float(((part + _OFFSET) / (1 + _OFFSET)) ** _POWER)
