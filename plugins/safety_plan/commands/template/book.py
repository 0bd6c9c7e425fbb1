"""The workbook as a whole: a sheet for each owner, and what stands on the first one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from safety_plan.commands.posts import post
from safety_plan.commands.template.rows import rows_of
from safety_plan.editing.workbook import Sheet, Workbook, sheet_titles
from safety_plan.plan.plan import Plan
from safety_plan.publishing import words
from safety_plan.reading.schema.town import Town
from safety_plan.results.owed import AskedValue
from safety_plan.results.results import Results


def workbook_of(plan: Plan, results: Results, asked: Iterable[AskedValue], return_to: str) -> Workbook:
    """The workbook that asks for these numbers. The owners stand in the order of people.yml."""
    order = list(plan.things["role"])
    sorted_by_owner = sorted(asked, key=lambda one: order.index(_owner(one)))
    sheets = tuple(
        _sheet(plan, results, owner, list(values), return_to) for owner, values in groupby(sorted_by_owner, key=_owner)
    )
    title = f"{plan.document.title}: numbers to deliver"
    read_me = tuple(_read_me(plan, results, sheets, return_to))
    return Workbook(title, plan.town.name, results.as_of, read_me, sheets)


def _owner(asked: AskedValue) -> str:
    return asked.metric.record.source.owner


def _sheet(plan: Plan, results: Results, owner: str, asked: list[AskedValue], return_to: str) -> Sheet:
    role = plan.role(owner)
    rows = tuple(row for one in asked for row in rows_of(plan, results, one))
    heading = f"Numbers from the {post(plan, owner)} for: {plan.document.title}. {_due(asked)} Return to: {return_to}."
    return Sheet(role.title, heading, rows)


def _due(asked: list[AskedValue]) -> str:
    """By when the numbers of a sheet are due, in a sentence or two."""
    coming = sorted({one.owed.due for one in asked if one.owed and not one.owed.days_late})
    late = sum(one.owed is not None and one.owed.days_late > 0 for one in asked)
    said = [f"{words.count(late, 'number')} {'is' if late == 1 else 'are'} late: please send what is late now."]
    said = said if late else []
    if len(coming) == 1:
        said.append(f"Due by {words.date(coming[0])}.")
    elif coming:
        said.append(f"First due by {words.date(coming[0])}; the note at each period says when.")
    return " ".join(said) or "The plan has these numbers already: fill in only what is to be corrected."


def _read_me(plan: Plan, results: Results, sheets: tuple[Sheet, ...], return_to: str) -> Iterator[str]:
    yield f"# {plan.document.title}: numbers to deliver"
    if plan.town.notice:
        yield plan.town.notice
    yield f"Made on {words.date(results.as_of)} for the departments of {plan.town.name}."
    yield from _STEPS
    yield f"7. Save the file as an Excel workbook (.xlsx) and send it back to {return_to}."
    yield "# Small numbers"
    yield _small_numbers(plan.town)
    yield "# The sheets"
    titles = sheet_titles(sheet.owner for sheet in sheets)
    yield from (f"{title}: {words.count(len(one.rows), 'number')}" for title, one in zip(titles, sheets, strict=True))
    yield "# For whoever gets it back"
    yield (
        "The command safety-plan import, with the name of this file behind it, shows what it understood before it "
        "writes anything into the plan."
    )


_STEPS = (
    "# What to do",
    "1. Go to the sheet of your post. Each line there is a number that the plan promises.",
    "2. Fill in the white cells of a line. Grey cells are locked; crossed-out cells ask for nothing. A note at each "
    "measure says what is counted.",
    "3. Write the number alone, without its unit. For percents write 82 for 82 percent. Where the columns Part and Of "
    "are white, write the two counts there; the percent is worked out from them.",
    "4. Leave a line empty where the number is still to come. Where there will be none, write the reason under “Why "
    "missing”.",
    "5. Where the plan has a number that was wrong, write the right one, and why it changed under “Corrected because”.",
    "6. Residents will read what you write as a reason or a note. Use plain words, and name no person.",
)


def _small_numbers(town: Town) -> str:
    """What is done with counts that could point to someone."""
    small = town.small_numbers
    health = f" (of health data below {small.health_below})" if small.health_below else ""
    kept = "are never written into the plan's files" if town.repository == "public" else "are not shown to residents"
    return (
        f"Write the true number, however small. Counts of people or cases that are not zero and below {small.below}"
        f"{health} {kept}; “Withheld” stands in their place, and in the place of numbers that would tell them. So send "
        "this file only to people who may know such numbers, and never upload it to where the plan's files are kept."
    )
