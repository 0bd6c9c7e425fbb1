"""A feed of what changed lately, for programs that tell their readers what is new: Atom, RFC 4287.

It says in the same sentences what the home page says, of the whole year and not only the newest. Days and names of
entries come from the plan, so that an entry is told once and the same plan gives the same bytes.
"""

from __future__ import annotations

import re
from collections import Counter

from markupsafe import Markup

from safety_plan.language import say, spoken
from safety_plan.publishing.lately import Correction, News, news_of_the_year
from safety_plan.publishing.marks import marked
from safety_plan.publishing.slugs import slug
from safety_plan.publishing.view import Studio, View
from safety_plan.results.late import LateItem

FEED = "feed.xml"
"""The address of the feed within the site of each language."""

_HOST = re.compile(r"https?://(?:[^/@]*@)?([^/:]+)")

_FEED = Markup(
    """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">
<id>{home}{address}</id>
<title>{title}</title>
<updated>{updated}T00:00:00Z</updated>
<author><name>{town}</name></author>
<link rel="self" type="application/atom+xml" href="{home}{address}"/>
<link rel="alternate" type="text/html" href="{home}"/>
{entries}
</feed>
"""
)

_ENTRY = Markup(
    """<entry>
<id>{id}</id>
<title>{title}</title>
<updated>{on}T00:00:00Z</updated>
<link rel="alternate" type="text/html" href="{link}"/>
<content type="html">{content}</content>
</entry>"""
)


def feed_title(studio: Studio) -> str:
    """What the feed is called."""
    return say("{title}: what changed lately", title=View(studio, "").plain(studio.plan.document.title))


def feed(studio: Studio) -> str:
    """The feed in the language that is spoken. The address of the site has to be known: a feed is read elsewhere."""
    plan, results = studio.plan, studio.results
    news = news_of_the_year(plan, results)
    view = View(studio, "", studio.site_url)
    shared = {"v": view, "plan": plan, "results": results}
    line = vars(studio.templates.get_template("home-lately.html").make_module(shared))["news_line"]
    seen: Counter[str] = Counter()
    entries = []
    for one in news:
        sentence = marked(" ".join(str(line(one)).split()))
        name = _name(studio, one)
        seen[name] += 1
        number = f"/{seen[name]}" if seen[name] > 1 else ""
        link = _link(view, one)
        title = Markup(sentence).striptags()
        entries.append(_ENTRY.format(id=f"{name}{number}", title=title, on=one.on, link=link, content=sentence))
    return str(
        _FEED.format(
            language=spoken().code,
            home=f"{studio.site_url}{studio.prefix}",
            address=FEED,
            title=feed_title(studio),
            updated=news[0].on if news else plan.document.data_as_of,
            town=f"{plan.town.name}, {plan.town.state}",
            entries=Markup("\n").join(entries),
        )
    )


def _name(studio: Studio, news: News) -> str:
    """The name of an entry for ever, as a tag URI (RFC 4151): it says nothing that could be worded anew."""
    host = _HOST.match(studio.site_url)
    about = news.about
    parts = [studio.prefix.rstrip("/"), news.kind]
    if news.thing is not None:
        parts += [news.thing.kind, news.thing.id]
    if isinstance(about, Correction):
        parts.append(about.of)
    elif isinstance(about, LateItem):
        parts += [about.promise.name, about.kind, about.id, str(about.period or "")]
    authority = host[1] if host else "localhost"
    return f"tag:{authority},{news.on}:{'/'.join(slug(part) for part in parts if part)}"


def _link(view: View, news: News) -> str:
    """The page that says more."""
    about = news.about
    if news.thing is not None:
        return view.href(news.thing)
    if not isinstance(about, LateItem):
        return view.href("plan#amendments")
    return view.href(about.id) if about.kind == "page" else view.href(view.studio.plan.thing(about.kind, about.id))
