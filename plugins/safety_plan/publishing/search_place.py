"""Where a page's search looks: only in the pages of its own language."""

from __future__ import annotations

import json
import re

_SETTINGS = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)', re.DOTALL)


def with_own_search(html: str) -> str:
    """A finished page of a language that has a folder of its own, with a search that reads that folder's index.

    The theme looks for the index below the root of the site, which it calls the base. Raises ValueError where the theme
    has no such setting any more: then search would answer in the wrong language.
    """
    found = _SETTINGS.search(html)
    settings = json.loads(found[2]) if found else {}
    if found is None or "base" not in settings:
        raise ValueError("the theme's settings for its search are not where they were")
    settings["base"] = "/".join(settings["base"].split("/")[:-1]) or "."
    return f"{html[: found.start(2)]}{json.dumps(settings)}{html[found.end(2) :]}"
