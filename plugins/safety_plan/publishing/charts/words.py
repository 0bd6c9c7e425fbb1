"""A chart in words, for those who cannot see it."""

from __future__ import annotations

from collections import Counter

from safety_plan.language import say, say_n, unmarked
from safety_plan.publishing import words
from safety_plan.publishing.charts.marks import whole
from safety_plan.reading.schema.metrics import Metric


def in_plain_words(record: Metric) -> Metric:
    """The measure with a unit that has no mark of its language: there is no place for one in a picture.

    The table beside the picture has the same numbers with their marks.
    """
    words_of = {"unit": unmarked(record.unit), "unit_one": record.unit_one and unmarked(record.unit_one)}
    return record.model_copy(update=words_of)


def description(record: Metric, skipped: int, *, beyond: bool) -> str:
    """What the line of a chart shows: from when to when, its ends, its lowest and highest value, its gaps, its target.

    `skipped` is how many numbers never came; `beyond` is whether the day of the target comes after the chart's end.
    """
    return " ".join([_of_values(record), *_gaps(record, skipped), *_aim(record, beyond=beyond)])


def _of_values(record: Metric) -> str:
    values = whole(record)
    numbers = [one.number or 0.0 for one in values]
    said = words.value if record.shown_as == "minutes-seconds" else words.plain
    return say(
        "{values} from {start} to {end}. First {first}, last {last}, lowest {lowest}, highest {highest}.",
        values=words.count(len(values), "value"),
        start=words.date(values[0].period.end),
        end=words.date(values[-1].period.end),
        first=words.value(record, numbers[0]),
        last=words.value(record, numbers[-1]),
        lowest=said(record, min(numbers)),
        highest=said(record, max(numbers)),
    )


def _gaps(record: Metric, skipped: int) -> list[str]:
    """What a reader who sees the chart learns from the marks for numbers that are missing, withheld or not given."""
    counted = Counter(one.standing for one in record.observations)
    missing, withheld = counted["missing"] + skipped, counted["withheld"]
    said = []
    if missing:
        number = words.number(missing)
        said.append(say_n("{n} period has no number.", "{n} periods have no number.", missing, n=number))
    if withheld:
        number = words.number(withheld)
        said.append(
            say_n("{n} period has a withheld number.", "{n} periods have a withheld number.", withheld, n=number)
        )
    return said


def _aim(record: Metric, *, beyond: bool) -> list[str]:
    if not record.targets or record.better is None:
        return []
    target = words.target_by(record, record.targets[-1])
    if beyond:
        return [say("The target is {target}, which lies beyond the end of the chart.", target=target)]
    return [say("The target is {target}.", target=target)]
