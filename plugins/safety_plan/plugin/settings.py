"""The plugin's settings in mkdocs.yml, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import get_build_datetime

from safety_plan.pdf import NoTypesetterError, need_typesetter


class SafetyPlanConfig(Config):
    """The plugin's settings in mkdocs.yml."""

    data_dir = options.Type(str, default="data")
    """Folder that holds the plan, as seen from mkdocs.yml."""

    internal_dir = options.Optional(options.Type(str))
    """Folder of internal notes. The site never opens it; it may stand in no folder that is published."""

    as_of = options.Optional(options.Type((str, dt.date)))
    """The day that counts as today, such as 2026-11-22. Without it, the day of the build."""

    pdf = options.Type(bool, default=False)
    """Whether a full build also makes PDF files of the documents to print. They take time, and the extra `pdf`."""

    forms = options.Type(bool, default=False)
    """Whether the site gets forms for staff, at /admin/."""


def day_of(settings: SafetyPlanConfig) -> dt.date:
    """The day that counts as today. Raises PluginError where it is no date."""
    written = settings.as_of
    if isinstance(written, dt.date):
        return written
    if written is None:
        return get_build_datetime().date()
    try:
        return dt.date.fromisoformat(str(written))
    except ValueError:
        raise PluginError(
            f'mkdocs.yml: found "{written}" for as_of. Allowed: a date such as 2026-11-22. Fix: correct the date.'
        ) from None


def check_settings(settings: SafetyPlanConfig, config: MkDocsConfig, base: Path) -> None:
    """Refuse settings under which a plan cannot be published. Raises PluginError.

    `base` is the folder of mkdocs.yml.
    """
    if not config.use_directory_urls:
        raise PluginError(
            "mkdocs.yml: found use_directory_urls: false. Allowed: true, because addresses of a plan are kept "
            "for ever. Fix: delete the line."
        )
    if settings.internal_dir is not None:
        internal = (base / settings.internal_dir).resolve()
        for name, folder in (
            ("data_dir", base / settings.data_dir),
            ("docs_dir", Path(config.docs_dir)),
            ("site_dir", Path(config.site_dir)),
        ):
            if internal.is_relative_to(folder.resolve()):
                raise PluginError(
                    f"mkdocs.yml: found internal_dir within {name}, which is published. "
                    "Allowed: a folder outside of it. Fix: move the internal folder."
                )


def check_typesetter() -> None:
    """Refuse `pdf: true` where no PDF file can be made. Raises PluginError, which says what to install."""
    try:
        need_typesetter()
    except NoTypesetterError as error:
        raise PluginError(
            f"mkdocs.yml: found pdf: true, but what makes PDF files does not work here: {error}. "
            "Allowed: true where WeasyPrint and its libraries are installed, otherwise false. "
            'Fix: pip install "mkdocs-safety-plan[pdf]", and on Debian or Ubuntu '
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-liberation fonts-dejavu-core; or write pdf: false."
        ) from None
