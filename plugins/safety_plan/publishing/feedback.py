"""Where residents tell the town what they think of a page: a letter or a form that knows already which page it is."""

from __future__ import annotations

from jinja2.filters import do_urlencode

from safety_plan.language import say


def feedback_link(to: str, page: str, address: str) -> str:
    """The link that writes to the town about a page, by its name and its address, which may be a part of one.

    `to` is an e-mail address or that of a form, in which `{page}` and `{address}` stand for the page. The address is
    empty where there is no page at all.
    """
    if to.startswith("https://"):
        return to.replace("{page}", do_urlencode(page)).replace("{address}", do_urlencode(address).replace("/", "%2F"))
    subject = do_urlencode(say("About the page: {page}", page=page))
    said = say("What I want to say about the page “{page}” ({address}):", page=page, address=address)
    body = do_urlencode(said if address else say("The address that did not work:"))
    return f"mailto:{to}?subject={subject}&body={body}%0D%0A%0D%0A"
