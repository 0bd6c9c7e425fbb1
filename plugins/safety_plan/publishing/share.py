"""What a page says of itself to other programs: to search engines, and to those that show a link with a few words.

Facts for search engines are in the words of schema.org, as JSON-LD: data, which no browser runs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from safety_plan.language import say, spoken
from safety_plan.plan.pages import PAGES, page_address
from safety_plan.plan.things import Metric
from safety_plan.publishing.addresses import address_of, csv_address
from safety_plan.publishing.feed import FEED, feed_title
from safety_plan.publishing.icon import icon_of
from safety_plan.publishing.view import Studio, View

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_MOST = 160
"""Letters of a description that search engines show, about."""


@dataclass(frozen=True)
class Shared:
    """A page as others show it: what it is called, a sentence about it, and its address in the site of its language.

    Both texts are plain. `section` is the address of the page it hangs under; `everywhere` says whether the page exists
    in each language.
    """

    title: str
    description: str
    address: str
    section: str
    everywhere: bool = True


def first_paragraph(html: str) -> str:
    """The first paragraph of a page as plain text, cut at the end of a word where it is long; "" without any."""
    found = _PARAGRAPH.search(html)
    text = " ".join(Markup(found[1]).striptags().split()) if found else ""
    return text if len(text) <= _MOST else f"{text[: _MOST - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"


def robots(site_url: str) -> str:
    """The file that tells search engines that they may read everything, and where the list of pages is."""
    sitemap = f"\nSitemap: {site_url}sitemap.xml\n" if site_url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def head(studio: Studio, page: Shared, site_name: str) -> Markup:
    """The lines for the head of a page. Those that need the address of the site are left out where it is not known."""
    icon = icon_of(studio.plan.town)
    kind = "image/png" if icon.endswith(".png") else "image/svg+xml"
    picture = Markup('<link rel="icon" type="{}" href="{}">').format(kind, View(studio, page.address).file(icon))
    lines = [picture, *_card(studio, page, site_name), *_languages(studio, page)]
    if studio.site_url:
        # The space keeps the theme's script from asking the address for a sitemap; all others read it as before.
        follow = Markup('<link rel="alternate " type="application/atom+xml" title="{}" href="{}">')
        lines.append(follow.format(feed_title(studio), _whole(studio, FEED)))
        # Nothing in a text can end the element: there is no < in it.
        facts = json.dumps(_facts(studio, page, site_name), ensure_ascii=False).replace("<", "\\u003c")
        lines.append(Markup('<script type="application/ld+json">{}</script>').format(Markup(facts)))
    return Markup("\n").join(lines)


def _card(studio: Studio, page: Shared, site_name: str) -> Iterator[Markup]:
    seen = {
        "og:type": "website",
        "og:site_name": site_name,
        "og:title": page.title,
        "og:description": page.description,
        "og:locale": str(spoken().locale),
        "og:url": _whole(studio, page.address) if studio.site_url else "",
    }
    for name, content in seen.items():
        if content:
            yield Markup('<meta property="{}" content="{}">').format(name, content)
    yield Markup('<meta name="twitter:card" content="summary">')


def _languages(studio: Studio, page: Shared) -> Iterator[Markup]:
    """The same page in each language; where it is not there, the home page of the language."""
    if len(studio.languages) > 1:
        view = View(studio, page.address)
        for one in studio.languages:
            there = one.prefix + (page.address if page.everywhere else "")
            link = f"{studio.site_url}{there}" if studio.site_url else view.elsewhere(there)
            yield Markup('<link rel="alternate" hreflang="{}" href="{}">').format(one.language.code, link)


def _whole(studio: Studio, address: str) -> str:
    return f"{studio.site_url}{studio.prefix}{address}"


def _facts(studio: Studio, page: Shared, site_name: str) -> dict[str, Any]:
    url, language = _whole(studio, page.address), spoken().code
    town = {"@id": f"{studio.site_url}#town"}
    graph: list[dict[str, Any]] = [
        _town(studio),
        {
            "@type": "WebPage",
            "@id": url,
            "url": url,
            "name": page.title,
            "description": page.description,
            "inLanguage": language,
            "isPartOf": {"@type": "WebSite", "url": _whole(studio, ""), "name": site_name},
            "publisher": town,
        },
    ]
    way = list(_way(studio, page))
    if len(way) > 1:
        graph.append({"@type": "BreadcrumbList", "itemListElement": way})
    metric = _metric_at(studio, page.address)
    if metric is not None:
        graph.append({**_dataset(studio, metric), "url": url, "inLanguage": language, "creator": town})
    return {"@context": "https://schema.org", "@graph": graph}


def _town(studio: Studio) -> dict[str, Any]:
    town = studio.plan.town
    telephones = [
        {"@type": "ContactPoint", "name": str(one.name), "telephone": one.phone} for one in town.contacts if one.phone
    ]
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{studio.site_url}#town",
        "name": f"{town.name}, {town.state}",
        "url": town.website or studio.site_url,
        "address": {"@type": "PostalAddress", "addressRegion": town.state, "addressCountry": "US"},
        "contactPoint": telephones,
    }


def _way(studio: Studio, page: Shared) -> Iterator[dict[str, Any]]:
    """The pages that lead to this one, with their places in the row."""
    titles = {page_address(name): say(PAGES[name].title) for name in PAGES if name in studio.plan.pages}
    row = [address for address in dict.fromkeys(("", page.section)) if address in titles and address != page.address]
    steps = [(titles[address], address) for address in row] + [(page.title, page.address)]
    for place, (name, address) in enumerate(steps, start=1):
        yield {"@type": "ListItem", "position": place, "name": name, "item": _whole(studio, address)}


def _metric_at(studio: Studio, address: str) -> Metric | None:
    return next((metric for metric in studio.plan.metrics if address_of(metric) == address), None)


def _dataset(studio: Studio, metric: Metric) -> dict[str, Any]:
    record, view = metric.record, View(studio, "")
    periods = [one.period for one in record.every_observation]
    facts: dict[str, Any] = {
        "@type": "Dataset",
        "name": str(view.title(metric)),
        "description": str(view.plain(f"{record.question} {record.definition}")),
        "isAccessibleForFree": True,
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": f"{studio.site_url}{csv_address(metric)}",
        },
    }
    if periods:
        first, last = min(period.start for period in periods), max(period.end for period in periods)
        facts["temporalCoverage"] = f"{first.isoformat()}/{last.isoformat()}"
    return facts
