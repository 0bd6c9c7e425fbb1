"""Pages at addresses of old, which lead to where the thing is now."""

from __future__ import annotations

from markupsafe import escape

from safety_plan.language import say, spoken
from safety_plan.publishing.addresses import relative

_STYLE = (
    "body{font:1.25rem/1.5 sans-serif;margin:2rem;background:#fff;color:#111}a{color:#0b4fa8}"
    "a:focus{outline:3px solid;outline-offset:2px}"
    "@media (prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cc4ff}}"
)


def forward_page(former: str, now: str, home: str = "") -> str:
    """A whole small HTML page that sends readers on, with a link for those whose browser does not.

    `home` is the address of the home page of this language on the internet, where it is known: search engines are to
    know the new place by its whole address.
    """
    title, link_text = escape(say("This page has moved")), escape(say("Go to its new place"))
    link = escape(relative(now, former))
    canonical = escape(f"{home}{now}") if home else link
    return (
        f'<!doctype html>\n<html lang="{spoken().code}" dir="{spoken().direction}">\n'
        '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n<meta http-equiv="refresh" content="0; url={link}">\n'
        f'<link rel="canonical" href="{canonical}">\n<meta name="robots" content="noindex">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<main>\n<h1>{title}</h1>\n<p><a href="{link}">{link_text}</a></p>\n</main>\n</body>\n</html>\n'
    )
