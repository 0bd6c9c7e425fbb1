"""Pages at addresses of old, which lead to where the thing is now."""

from __future__ import annotations

from markupsafe import escape

from safety_plan.language import say, spoken
from safety_plan.publishing.addresses import relative


def forward_page(former: str, now: str) -> str:
    """A whole small HTML page that sends readers on, with a link for those whose browser does not."""
    title, link_text = escape(say("This page has moved")), escape(say("Go to its new place"))
    link = escape(relative(now, former))
    return (
        f'<!doctype html>\n<html lang="{spoken().code}" dir="{spoken().direction}">\n'
        f'<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={link}">\n<link rel="canonical" href="{link}">\n'
        '<meta name="robots" content="noindex">\n</head>\n<body>\n'
        f'<p>{title}. <a href="{link}">{link_text}</a></p>\n</body>\n</html>\n'
    )
