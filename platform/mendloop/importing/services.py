"""Making drafts of files."""

from dataclasses import dataclass

from mendloop.checking.services import Checked, check_document
from mendloop.importing.formats import IMPORTERS
from mendloop.importing.registry import Imported, LeftOut
from mendloop.words import LANGUAGES, translate

MOST_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class ImportedDraft:
    """A draft that came from a file, and what is wrong with it."""

    imported: Imported
    checked: Checked


def import_file(name: str, content: bytes) -> ImportedDraft:
    """The draft in the file; refused where nothing can be made of it. Nothing is stored."""
    imported = IMPORTERS.read(name, content)
    return ImportedDraft(imported, check_document(imported.document))


def why(left: LeftOut) -> dict[str, str]:
    """Why something was left out, in both languages."""
    return {language: translate(language, f"import.why.{left.why}", text=left.text) for language in LANGUAGES}
