"""The values of measures in their files: lines of a YAML list, or rows of a table, added and changed one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from safety_plan.editing.csv_text import CsvText
from safety_plan.editing.whole_files import as_bytes, value_at
from safety_plan.editing.yaml_text import YamlText
from safety_plan.editing.yaml_values import Braced, Value
from safety_plan.reading.document import read_document
from safety_plan.reading.periods import Period
from safety_plan.reading.schema.base import Path as ValuePath
from safety_plan.reading.schema.metrics import Metric
from safety_plan.reading.schema.observations import GroupObservation, Observation

Line = Mapping[str, Value]
"""An observation as it is written: its keys with their values, and numbers as somebody typed them."""

KEYS = ("period", "group", *(key for key in Observation.model_fields if key != "period"))
"""The keys of an observation in the order in which they are written."""


@dataclass(frozen=True)
class Series:
    """A list of values of one measure, as it stands in the files of a plan.

    `folder` is the plan's, `at` the way to the list from the measure on: ("observations",), ("annual",) or
    ("breakdowns", 0, "observations"). Positions in the list count from 0.
    """

    folder: Path
    id: str
    metric: Metric
    at: ValuePath

    @property
    def observations(self) -> tuple[Observation, ...]:
        """What stands in the list now, in its order."""
        if self.grouped:
            return self.metric.breakdowns[int(self.at[1])].observations
        return self.metric.annual if self.at == ("annual",) else self.metric.observations

    def of(self, metric: Metric) -> Series:
        """The same list of the measure as it is at another time."""
        return replace(self, metric=metric)

    @property
    def grouped(self) -> bool:
        """Whether each line is that of a group."""
        return self.at[0] == "breakdowns"

    @property
    def table(self) -> str | None:
        """The name of the CSV that holds the lines, where one does."""
        if self.grouped:
            return self.metric.breakdowns[int(self.at[1])].observations_file
        return self.metric.observations_file if self.at == ("observations",) else None

    @property
    def file(self) -> Path:
        """The file that holds the lines."""
        return self.folder / "metrics" / (self.table or f"{self.id}.yml")

    def find(self, period: Period, group: str = "") -> int | None:
        """The position of the line of this period, and of this group where the list has groups."""
        for number, one in enumerate(self.observations):
            of_group = one.group if isinstance(one, GroupObservation) else ""
            if one.period == period and of_group.casefold() == group.casefold():
                return number
        return None

    def typed(self, content: bytes, position: int) -> dict[str, str]:
        """The numbers of a line as they are typed in the file with this content: 10.40, not 10.4."""
        text = content.decode("utf-8-sig")
        if self.table:
            return CsvText(text).row(position)
        written = read_document(content, self.file.name)[0].written
        return {str(path[-1]): typed for path, typed in written.items() if path[:-1] == (*self.at, position)}

    def added(self, content: bytes, line: Line, period: Period) -> bytes:
        """The file with a further line, at its place in time. Nothing else in it changes."""
        text, line = content.decode("utf-8-sig"), _in_order(line)
        place = self.place_of(period)
        if self.table:
            return as_bytes(content, CsvText(text).insert(place, line).text)
        yaml = YamlText(text)
        if self.observations:
            return as_bytes(content, yaml.append(self.at, dict(line), at=place).text)
        holder, key = self.at[:-1], str(self.at[-1])
        after = "by" if self.grouped else _last_before(key, read_document(content, self.file.name)[0].value)
        return as_bytes(content, yaml.put(holder, key, [Braced(line)], after=after).text)

    def changed(self, content: bytes, line: Line, position: int) -> bytes:
        """The file with other values in the line at this position. Nothing else in it changes."""
        text, line = content.decode("utf-8-sig"), _in_order(line)
        if self.table:
            return as_bytes(content, CsvText(text).replace(position, line).text)
        path, yaml, before = (*self.at, position), YamlText(text), "period"
        old, now = self._raw(content, position), self.observations[position]
        for key in old:
            if key not in line:
                yaml = yaml.remove((*path, key))
        for key, value in line.items():
            # A text of several lines is read as one: where it says the same, it stays as it is written.
            if key not in old or (str(old[key]) != str(value) and getattr(now, key) != value):
                yaml = yaml.put(path, key, value, after=before)
            before = key
        return as_bytes(content, yaml.text)

    def _raw(self, content: bytes, position: int) -> Mapping[str, object]:
        """The keys of a line with their values as they are typed."""
        document, _ = read_document(content, self.file.name)
        found = value_at(document.value, (*self.at, position))
        typed = self.typed(content, position)
        return {key: typed.get(key, value) for key, value in found.items()} if isinstance(found, dict) else {}

    def place_of(self, period: Period) -> int:
        """How many lines stand before that of a new period. A list with the newest first stays one."""
        periods = [one.period for one in self.observations]
        if periods and periods[0] > periods[-1]:
            return next((number for number, other in enumerate(periods) if other < period), len(periods))
        return next((number + 1 for number in reversed(range(len(periods))) if periods[number] <= period), 0)


def _in_order(line: Line) -> Line:
    return {key: line[key] for key in KEYS if key in line}


def _last_before(key: str, value: object) -> str:
    """The last key of a measure's file that stands before this one in the order of the data format."""
    order = list(Metric.model_fields)
    keys = [one for one in value if one in order[: order.index(key)]] if isinstance(value, dict) else []
    return keys[-1] if keys else ""
