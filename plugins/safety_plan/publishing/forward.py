"""Pages at addresses of old, which lead to where the thing is now."""

from __future__ import annotations

from markupsafe import escape

from safety_plan.publishing.addresses import relative


def forward_page(former: str, now: str) -> str:
    """A whole small HTML page that sends readers on, with a link for those whose browser does not."""
    link = escape(relative(now, former))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>This page has moved</title>\n'
        f'<meta http-equiv="refresh" content="0; url={link}">\n<link rel="canonical" href="{link}">\n'
        '<meta name="robots" content="noindex">\n</head>\n<body>\n'
        f'<p>This page has moved: <a href="{link}">go to its new place</a>.</p>\n</body>\n</html>\n'
    )
