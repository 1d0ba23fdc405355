"""Rows as a Parquet file, which any program that speaks SQL can ask."""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

MEDIA_TYPE = "application/vnd.apache.parquet"


def write_parquet(columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One table. `columns` gives each name its SQL type; a TIMESTAMP is told as text, in UTC."""
    import duckdb  # noqa: PLC0415 - 20 MB that most processes never need; it tells of leaks as a frozen one ends

    with tempfile.TemporaryDirectory() as folder:
        lines, made = Path(folder, "rows.json"), Path(folder, "rows.parquet")
        with lines.open("w", encoding="utf-8") as out:
            for row in rows:
                json.dump(dict(zip(columns, row, strict=True)), out, ensure_ascii=False)
                out.write("\n")
        with duckdb.connect(config={"threads": 1, "memory_limit": "256MB"}) as database:
            read = database.read_json(str(lines), columns=dict(columns), format="newline_delimited")
            read.write_parquet(str(made), compression="zstd")
        return made.read_bytes()
