"""What a browser fetches to open a template, before any part that is wanted later."""

import gzip

import pytest
from mendloop.designer_pages.bundle import FOLDER, WORDS, bundle_for, soon_for

MOST_BYTES = 90_000
MOST_BYTES_LAID_OUT = 96_000
"""With what lays a flow out: the first picture waits for it where not everything is placed by hand."""


@pytest.mark.parametrize("language", WORDS)
def test_a_template_is_opened_with_at_most_90_kb_of_scripts_and_styles(language: str) -> None:
    bundle = bundle_for(language, "some-template")
    named = sizes(bundle.script, *bundle.preloads, *bundle.styles)
    assert sum(named.values()) <= MOST_BYTES, named
    laid_out = named | sizes(*soon_for("some-template"))
    assert sum(laid_out.values()) <= MOST_BYTES_LAID_OUT, laid_out


def sizes(*names: str) -> dict[str, int]:
    return {name: len(gzip.compress((FOLDER / name).read_bytes(), 9)) for name in names}


@pytest.mark.parametrize(
    "later", ["merge", "minimap", "outline", "command_palette", "arranging", "preview", "cel_editor"]
)
def test_what_is_wanted_later_is_a_piece_of_its_own(later: str) -> None:
    bundle = bundle_for("en", "some-template")
    assert list((FOLDER / "assets").glob(f"{later}-*.js")), later
    assert not [name for name in (bundle.script, *bundle.preloads) if name.startswith(f"assets/{later}-")]
