"""What is owed as a calendar file (iCalendar, RFC 5545), to be opened or subscribed to in any calendar."""

from __future__ import annotations

import datetime as dt

from icalendar import Alarm, Calendar, Event

from safety_plan.commands.due.found import Due, Owed, Owner

_A_WEEK = dt.timedelta(days=7)


def as_calendar(owed: Owed) -> str:
    """An all-day entry for each promise, on the day it is due, with a reminder a week before.

    They are entries and not tasks, which many calendars leave out. Their names stay the same, so that a newer file
    moves what an older one had put into the calendar.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Safety Plan//due//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", f"{owed.plan.document.title}: what is due")
    for owner in owed.owners:
        for due in owner.dues:
            calendar.add_component(_entry(owed, owner, due))
    return str(calendar.to_ical().decode())


def _entry(owed: Owed, owner: Owner, due: Due) -> Event:
    entry = Event()
    entry.add("uid", due.uid)
    # The day that counts, and not the moment: the same plan gives the same file.
    entry.add("dtstamp", dt.datetime.combine(owed.as_of, dt.time(), dt.UTC))
    entry.add("dtstart", due.item.due)
    entry.add("dtend", due.item.due + dt.timedelta(days=1))
    entry.add("summary", f"Late: {due.what}" if due.item.days else due.what)
    typed = (f"Or type: {due.command}",) if due.command else ()
    entry.add("description", "\n".join((owner.name, due.line, due.write, *typed)))
    entry.add("categories", [owner.name])
    entry.add("transp", "TRANSPARENT")
    if not due.item.days:
        entry.add_component(_reminder(due))
    return entry


def _reminder(due: Due) -> Alarm:
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", due.what)
    reminder.add("trigger", -_A_WEEK)
    return reminder
