"""View values -> HTML, through the templates, which escape every value.

The result goes to Gradio as a *value*. It must never be passed through Gradio's own templates: those are evaluated as
JavaScript after their fields are filled in, so that an article with `${…}` in it would run.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kzrag.web.words import word

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("kzrag.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def draw(template: str, language: str, **values: object) -> str:
    """The template `NAME.html`, with `t(key)` for the page's words in `language`."""

    def t(key: str, **fields: object) -> str:
        return word(language, key, **fields)

    return _environment().get_template(f"{template}.html").render(t=t, lang=language, **values)
