"""The kinds of files that can be imported here."""

from mendloop.importing.excel import ExcelChecklist
from mendloop.importing.json_document import JsonDocument
from mendloop.importing.registry import Importers

IMPORTERS = Importers()
"""A plugin adds its own: `IMPORTERS.register(...)`."""

IMPORTERS.register(JsonDocument())
IMPORTERS.register(ExcelChecklist())
