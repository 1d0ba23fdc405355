"""The templates that come with the product, for the gallery."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from mendloop.library.demo import builtin_templates_folder, template_documents


@cache
def builtin_documents() -> Mapping[str, Mapping[str, Any]]:
    """The documents by their keys, in the order of their files; never to be changed."""
    documents = template_documents(builtin_templates_folder())
    return MappingProxyType({document["key"]: MappingProxyType(dict(document)) for document in documents})
