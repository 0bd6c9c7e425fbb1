"""How a page's search works: in the pages of its own language only, and with the words that people type."""

from __future__ import annotations

import json
import re

_SETTINGS = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)', re.DOTALL)
_WORKER = "safety-plan-search.js"
"""Our script in the folder of the theme's own one, which it loads: it is asked for by the name of that one."""


def with_own_search(html: str, *, folder: bool) -> str:
    """A finished page whose search knows words without accents and in the plural.

    With `folder`, the page is of a language that has a folder of its own, and its search reads that folder's index:
    the theme looks for the index below the root of the site, which it calls the base. Raises ValueError where the theme
    has no such settings any more: then search would answer in the wrong language, or miss what is there.
    """
    found = _SETTINGS.search(html)
    settings = json.loads(found[2]) if found else {}
    if found is None or not {"base", "search"} <= settings.keys():
        raise ValueError("the theme's settings for its search are not where they were")
    place, _, name = settings["search"].rpartition("/")
    settings["search"] = f"{place}/{_WORKER}?{name}"
    if folder:
        settings["base"] = "/".join(settings["base"].split("/")[:-1]) or "."
    return f"{html[: found.start(2)]}{json.dumps(settings)}{html[found.end(2) :]}"
