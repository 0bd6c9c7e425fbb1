"""The rules for the status of a metric in the words that residents read, with the very numbers that `status` uses."""

from __future__ import annotations

from safety_plan.language import say
from safety_plan.results import written
from safety_plan.rules import RULES, Rules


def method(rules: Rules = RULES) -> tuple[tuple[str, str, str], ...]:
    """The rules in the order in which they are tried: (name, when it applies, what it gives)."""
    on_track, at_risk = written.percent(rules.on_track_from), written.percent(rules.at_risk_from)
    return (
        ("value", say("No value yet, or the newest one is withheld"), say("no status")),
        ("information", say("No better direction, or no target"), say("for information")),
        (
            "year-less",
            say(
                "It counts up from the first day of the year, and less is better: the value is no more than the share "
                "of the year's target that is allowed by then"
            ),
            say("meeting target; above that share: at risk; above the whole year's target: off track"),
        ),
        ("meeting", say("The latest value is at the target or better"), say("meeting target")),
        (
            "level",
            say(
                "A level to hold, or no baseline: missed by no more than its tolerance. (Not for what counts up from "
                "the first day of the year)"
            ),
            say("at risk; missed by more: off track"),
        ),
        (
            "missed",
            say("The target date has come; for what counts up from the first day of the year, the year is over"),
            say("target missed (counted with off track)"),
        ),
        (
            "early",
            say("At most {share} of the time has passed", share=written.percent(rules.too_early_up_to)),
            say("too early to say"),
        ),
        (
            "year",
            say(
                "It counts up from the first day of the year, and more is better: the value is at least {share} of the "
                "share of the year's target that is due by then",
                share=on_track,
            ),
            say("on track; from {share}: at risk; less: off track", share=at_risk),
        ),
        (
            "hold",
            say(
                "An interim target asks for no change yet, or allows a loss at first: the value is as good as the line"
            ),
            say("on track; worse than the line: off track, getting worse"),
        ),
        (
            "line",
            say("The change so far is at least {share} of what the straight line asks for", share=on_track),
            say(
                "on track; from {share}: at risk; less: off track; away from the target: off track, getting worse",
                share=at_risk,
            ),
        ),
    )
