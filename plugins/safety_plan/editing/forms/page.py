"""The page that opens the forms, and what it says where they do not open."""

from __future__ import annotations

from html import escape

from safety_plan.editing.forms.editors import SCRIPT

FOLDER = "admin/"
"""Where the forms stand within the site."""

_HOSTS = (
    "https://api.github.com",
    "https://github.com",
    "https://raw.githubusercontent.com",
    "https://gitlab.com",
    "https://www.githubstatus.com",
)
"""What an editor may ask: the services that keep the files, and whether GitHub is up."""

_FONTS = "https://cdn.jsdelivr.net"
"""Where Sveltia takes the signs on its buttons from. Without them it shows their names, which cover the words."""


def page(title: str, repository: str, home: str, local: str = "") -> str:
    """The page of the forms: `index.html`.

    `title` is the name of the site, `repository` the address of the plan's files or empty, `home` the way to the home
    page of the site. `local` is the address of a server on this machine that stands for the repository.
    """
    connect = " ".join(["'self'", "blob:", "data:", *_HOSTS, *([local] if local else [])])
    policy = "; ".join(
        (
            "default-src 'self'",
            # One of the editors makes functions out of text.
            "script-src 'self' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob: https:",
            f"font-src 'self' data: {_FONTS}",
            "worker-src 'self' blob:",
            f"connect-src {connect}",
        )
    )
    there = (
        f'<a href="{escape(repository)}">Edit the files where they live</a>'
        if repository
        else "Edit the files where they live"
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>Edit the plan - {escape(title)}</title>
<style>
body {{ margin: 0; font: 1rem/1.5 system-ui, sans-serif; }}
#instead {{ max-width: 38rem; margin: 0 auto; padding: 1rem; }}
/* The words go as soon as the editor is there. */
body:has(#nc-root > *) #instead {{ display: none; }}
</style>
</head>
<body>
<div id="nc-root"></div>
<main id="instead">
<h1>Edit the plan with forms</h1>
<noscript><p><strong>The forms need JavaScript, which is switched off in this browser.</strong></p></noscript>
<p>The forms open here in a few seconds. This page is for town staff.</p>
<p>If nothing happens, the form editor has not been put on this site. You can still change the plan:</p>
<ul>
<li>Go to the page that you want to change, and choose “Edit this page” at its top.</li>
<li>{there}: look in the folder of the plan for the right file, and choose the pencil.</li>
</ul>
<p><a href="{escape(home)}">Back to the site</a></p>
</main>
<script src="{SCRIPT}"></script>
</body>
</html>
"""
