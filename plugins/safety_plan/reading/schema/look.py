"""What a town's site looks like: its colour and its seal, as written in `town.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from safety_plan.reading.contrast import DARK_GROUND, LEAST, WHITE, contrast, darker, lighter
from safety_plan.reading.schema.base import Fault, Record, Text, Untranslated, refuse

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$"), Untranslated()]
Picture = Annotated[str, StringConstraints(pattern=r"^([\w-]+/)*[\w-]+\.(svg|png)$"), Untranslated()]


class Seal(Record):
    """The town's seal or shield, which stands in the header of every page."""

    file: Picture = Field(description="Its picture within the folder of hand-written pages, such as images/seal.svg.")
    alt: Text = Field(description="What it shows, for readers who cannot see it.")


class Look(Record):
    """What the town's site looks like. What is absent looks as it does everywhere."""

    colour: Colour | None = Field(
        None, description="Colour of the header and of links, such as #17406d; white must be readable on it."
    )
    colour_dark: Colour | None = Field(
        None, description="Colour of links in dark mode. Where absent, a shade of the colour that can be read there."
    )
    seal: Seal | None = Field(None, description="The town's seal.")

    @model_validator(mode="after")
    def _readable(self) -> Look:
        refuse([*self._white_on_it(), *self._on_the_dark()])
        return self

    def _white_on_it(self) -> Iterator[Fault]:
        if self.colour is not None and contrast(self.colour, WHITE) < LEAST:
            yield Fault(
                ("colour",),
                f"found the colour {self.colour}, on which white text has a contrast of only "
                f"{_ratio(self.colour, WHITE)} to 1",
                f"a colour on which white text has a contrast of at least {LEAST} to 1",
                f'write "{darker(self.colour)}", the nearest darker shade that can be read.',
            )

    def _on_the_dark(self) -> Iterator[Fault]:
        if self.colour_dark is not None and contrast(self.colour_dark, DARK_GROUND) < LEAST:
            yield Fault(
                ("colour_dark",),
                f"found the colour {self.colour_dark}, which has a contrast of only "
                f"{_ratio(self.colour_dark, DARK_GROUND)} to 1 with the page in dark mode",
                f"a colour with a contrast of at least {LEAST} to 1",
                f'write "{lighter(self.colour_dark, DARK_GROUND)}", the nearest lighter shade that can be read.',
            )


def _ratio(one: str, other: str) -> str:
    """The ratio cut off, not rounded: 4.49 is not said to be 4.5."""
    return f"{int(contrast(one, other) * 10) / 10:g}"
