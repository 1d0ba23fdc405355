"""Who may import whom, where import-linter's contracts have no words for it."""

import ast
from collections.abc import Iterator
from pathlib import Path

# Alembic and the database room must see every table; nobody else looks past a feature's services.
SEES_EVERY_MODEL = {"database", "testing"}


def imports_of(path: Path, root: Path) -> Iterator[str]:
    """The absolute dotted names that a file imports, `from` imports with the name they take."""
    package = path.relative_to(root).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            origin = ".".join(part for part in (base, node.module) if part)
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def test_a_feature_calls_other_features_services_never_their_models(checkout: Path) -> None:
    host = checkout / "platform"
    breaches = [
        f"{path.relative_to(host)} imports {name}"
        for path in sorted(host.glob("mendloop/**/*.py"))
        for name in imports_of(path, host)
        if reaches_into_anothers_models(path.relative_to(host / "mendloop"), name.split("."))
    ]
    assert breaches == []


def reaches_into_anothers_models(path: Path, imported: list[str]) -> bool:
    own = path.parts[0]
    if len(path.parts) == 1 or own in SEES_EVERY_MODEL or imported[0] != "mendloop" or "models" not in imported[2:]:
        return False
    return imported[1] != own


def test_services_take_from_werkzeug_only_how_passwords_are_hashed(checkout: Path) -> None:
    host = checkout / "platform"
    breaches = [
        f"{path.relative_to(host)} imports {name}"
        for path in sorted([*host.glob("mendloop/**/services.py"), *host.glob("mendloop/**/models.py")])
        for name in imports_of(path, host)
        if name.startswith("werkzeug") and not name.startswith("werkzeug.security")
    ]
    assert breaches == [], "answers and errors of HTTP are the views' business"


def test_engine_reads_no_clock(checkout: Path) -> None:
    engine = checkout / "engine" / "mendloop_engine"
    clocks = {"now", "utcnow", "today"}
    breaches = [
        f"{path.relative_to(engine)}:{node.lineno} calls .{node.func.attr}()"
        for path in sorted(engine.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clocks
    ]
    assert breaches == [], "time arrives as an argument: the same command must decide the same everywhere"


def test_engine_opens_no_file_but_at_its_command_line(checkout: Path) -> None:
    engine = checkout / "engine" / "mendloop_engine"
    breaches = [
        f"{path.relative_to(engine)}:{node.lineno}"
        for path in sorted(engine.rglob("*.py"))
        if path.name != "__main__.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", "print", "input"}
    ]
    assert breaches == []
