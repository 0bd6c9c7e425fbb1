"""What subcommands call the roles of a plan."""

from __future__ import annotations

from safety_plan.plan.plan import Plan
from safety_plan.publishing import words


def post(plan: Plan, id: str) -> str:
    """The title of a role; of a vacant post also since when it is, and who steps in."""
    role = plan.role(id)
    record = role.record
    if record.vacant_since is None:
        return role.title
    steps_in = f"; {record.backup} steps in" if record.backup else ""
    return f"{role.title} (vacant since {words.date(record.vacant_since)}{steps_in})"
