"""Products and fault codes of the demonstration, and where the built-in templates are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mendloop.library import services
from mendloop.library.services import FaultCodeDetails, ProductDetails

if TYPE_CHECKING:
    from mendloop.demo import Demo

PACKAGE = Path(__file__).parent.parent


def builtin_templates_folder() -> Path:
    """Beside the packages in a checkout, inside this one in a wheel."""
    inside = PACKAGE / "_builtin_templates"
    return inside if inside.is_dir() else PACKAGE.parent.parent / "builtin_templates"


def read_demo_data() -> Mapping[str, Any]:
    """builtin_templates/demo.json: products, fault codes, parts, stock, customers, assets and orders."""
    text = (builtin_templates_folder() / "demo.json").read_text(encoding="utf-8")
    data: Mapping[str, Any] = json.loads(text)
    return data


def load_demo(demo: Demo) -> None:
    """Add what is missing."""
    _load_products(demo)
    _load_fault_codes(demo)


def template_documents(folder: Path) -> Iterator[Mapping[str, Any]]:
    """Every template under the folder, in the order of the names; other JSON files are not templates."""
    for file in sorted(folder.glob("*/**/*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(document, dict) and "nodes" in document:
            yield document


def _load_products(demo: Demo) -> None:
    known = {product.key for product in services.list_products(demo.session, demo.supervisor)}
    for product in demo.data["products"]:
        if product["key"] not in known:
            services.add_product(demo.session, demo.supervisor, ProductDetails(product["key"], product["name"]))


def _load_fault_codes(demo: Demo) -> None:
    known = {code.code for code in services.list_fault_codes(demo.session, demo.supervisor)}
    for code in _parents_first(demo.data["fault_codes"]):
        if code["code"] not in known:
            details = FaultCodeDetails(
                code=code["code"],
                kind=code.get("kind", "problem"),
                title=code["title"],
                parent_code=code.get("parent") or "",
            )
            services.add_fault_code(demo.session, demo.supervisor, details)


def _parents_first(codes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    by_code = {code["code"]: code for code in codes}

    def depth(code: Mapping[str, Any]) -> int:
        parent = by_code.get(code.get("parent") or "")
        return 0 if parent is None else 1 + depth(parent)

    return sorted(by_code.values(), key=depth)
