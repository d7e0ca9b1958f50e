"""The Python package ``diplomatic_expulsions`` as a wheel: its modules in the folder of that name beside this file, the tables, the codebook.

A wheel is a zip: the same bytes for the same tables and modules, everywhere and always.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping

import duckdb
import polars as pl

from scripts.package import citation
from scripts.package.contract import ROOT, Contract, Field, Table
from scripts.package.store import parquet_bytes
from scripts.publish.diplomatic_expulsions.engines import NEEDS
from scripts.publish.formats import zipped
from scripts.query import views
from scripts.query.views import quoted

# Tables by name, each with its rows.
Tables = Mapping[str, tuple[Table, pl.DataFrame]]
NAME = "diplomatic_expulsions"
MODULES = ROOT / "scripts" / "publish" / NAME
# The oldest versions that have a build for Python 3.11 and read what is inside.
OLDEST = {"pandas": "2.0", "pyarrow": "14", "polars": "1.0", "duckdb": "1.1"}
COMMENTED = """
    SELECT 'TABLE ' || table_name, comment FROM duckdb_tables() WHERE NOT internal
    UNION ALL
    SELECT 'COLUMN ' || table_name || '."' || column_name || '"', comment FROM duckdb_columns()
    WHERE NOT internal AND table_name IN (SELECT table_name FROM duckdb_tables())
    ORDER BY ALL"""


def file_name(contract: Contract) -> str:
    """Name of the wheel in dist/."""
    return f"{NAME}-{contract.version}-py3-none-any.whl"


def wheel(contract: Contract, tables: Tables, files: Mapping[str, bytes], connection: duckdb.DuckDBPyConnection) -> bytes:
    """The wheel. ``tables`` are what it holds, ``files`` those of the zip, by path there; ``connection`` is to the database of the same tables."""
    info = f"{NAME}-{contract.version}.dist-info"
    held = {f"{NAME}/{path.name}": path.read_bytes() for path in sorted(MODULES.iterdir()) if path.suffix in (".py", ".typed")}
    held |= {f"{NAME}/data/{name}": content for name, content in data(contract, tables, files, connection).items()}
    held |= {
        f"{info}/METADATA": metadata(contract).encode(),
        f"{info}/WHEEL": _tags().encode(),
        f"{info}/licenses/LICENSE.md": files["LICENSE.md"],
    }
    return zipped(held | {f"{info}/RECORD": record(held, f"{info}/RECORD").encode()})


def data(contract: Contract, tables: Tables, files: Mapping[str, bytes], connection: duckdb.DuckDBPyConnection) -> dict[str, bytes]:
    """The tables as Parquet, what makes a database of them, and what is said of them."""
    parquet = {f"{name}.parquet": files.get(f"parquet/{name}.parquet") or parquet_bytes(frame) for name, (_, frame) in tables.items()}
    stored = [
        name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal ORDER BY table_oid").fetchall()
    ]
    # What the database has besides the package's tables: the rows of earlier releases, and which release this is.
    more = {
        f"{name}.parquet": parquet_bytes(connection.sql(f"FROM {name} ORDER BY ALL").pl()) for name in stored if name not in contract.tables
    }
    described = {
        "version": contract.version,
        "citation": {"apa": citation.apa(contract), "bibtex": citation.bibtex(contract, citation.digest(files))},
        "release": connection.execute("SELECT version, fingerprint FROM release").fetchall()[0],
        "stored": stored,
        "tables": {name: _table(table) for name, (table, _) in tables.items()},
        "views": {name: _view(text) for name, text in views.public().items() if name not in tables},
    }
    texts = {
        "contents.json": json.dumps(described, indent=1, ensure_ascii=False) + "\n",
        "tables.sql": tables_sql(connection),
        "views.sql": views_sql(),
    }
    return parquet | more | {name: text.encode() for name, text in texts.items()}


def _table(table: Table) -> dict[str, object]:
    return {
        "title": table.spec["title"],
        "description": table.spec["description"],
        "columns": [_column(field) for field in table.fields.values()],
    }


def _column(field: Field) -> dict[str, object]:
    return {
        "name": field.name,
        "type": field.type,
        "title": field.spec["title"],
        "description": field.spec["description"],
        "values": field.labels,
    }


def _view(text: str) -> dict[str, object]:
    """A view or macro by the head of its file; its title is how it is called."""
    grain, columns = views.header(text)
    blank: dict[str, object] = {"type": "", "title": "", "values": {}}
    described = [{"name": name, "description": meaning} | blank for name, meaning in columns.items()]
    return {"title": views.signature(text), "description": grain, "columns": described}


def tables_sql(connection: duckdb.DuckDBPyConnection) -> str:
    """What makes the tables of a database, each after those that it refers to, with keys, checks and comments."""
    created = connection.execute("SELECT sql FROM duckdb_tables() WHERE NOT internal ORDER BY table_oid").fetchall()
    comments = connection.execute(COMMENTED).fetchall()
    lines = [sql for (sql,) in created] + [f"COMMENT ON {place} IS {quoted(text)};" for place, text in comments if text]
    return "\n".join(lines) + "\n"


def views_sql() -> str:
    """What makes the views and macros, each after those that it reads from, with their comments."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in views.views_in_order()}
    return "\n".join(text + views.comments(name, text) for name, text in texts.items())


def metadata(contract: Contract) -> str:
    """The file METADATA (core metadata 2.4)."""
    spec = contract.spec
    # One line: further ones would need to be indented.
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {spec['name']}",
        f"Version: {contract.version}",
        f"Summary: {spec['title']}: the data set, typed and documented",
    ]
    lines += [f"Author: {', '.join(citation.authors(contract))}", f"Keywords: {','.join(spec['keywords'])}"]
    lines += [f"License-Expression: {spec['licenses'][0]['name']} AND MIT", "License-File: LICENSE.md", "Requires-Python: >=3.11"]
    for engine, modules in NEEDS.items():
        lines.append(f"Provides-Extra: {engine}")
        lines += [f'Requires-Dist: {module}>={OLDEST[module]}; extra == "{engine}"' for module in modules]
    lines += ["Description-Content-Type: text/markdown", "", f"{spec['description']}", "", "```python", *_usage(), "```", ""]
    return "\n".join(lines)


def _usage() -> Iterator[str]:
    """The lines with which the module's docstring shows its use."""
    text = (MODULES / "__init__.py").read_text(encoding="utf-8")
    return (line.removeprefix(">>> ") for line in text.splitlines() if line.startswith(">>> "))


def _tags() -> str:
    return "Wheel-Version: 1.0\nGenerator: diplomatic-expulsions\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def record(files: Mapping[str, bytes], itself: str) -> str:
    """The file RECORD: path, digest and size of each file."""
    lines = [f"{name},sha256={_urlsafe(files[name])},{len(files[name])}" for name in sorted(files)]
    return "\n".join([*lines, f"{itself},,"]) + "\n"


def _urlsafe(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
