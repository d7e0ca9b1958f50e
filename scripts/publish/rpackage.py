"""The R package ``diplomaticexpulsions`` as a source archive: its functions in the folder of that name beside this file, the tables, their help.

It is written without R, and installs without a compiler: the same bytes for the same tables, everywhere and always.
"""

import calendar
import io
import re
import tarfile
from collections.abc import Iterable, Mapping
from itertools import chain

import polars as pl

from scripts.package import citation
from scripts.package.contract import ROOT, Contract, Field, Table
from scripts.publish import rdata
from scripts.publish.formats import created, gzipped

NAME = "diplomaticexpulsions"
FUNCTIONS = ROOT / "scripts" / "publish" / NAME
# R asks for an address; the top-level domain is reserved for those that nobody has.
NOBODY = "<nobody@diplomatic-expulsions.invalid>"


def file_name(contract: Contract) -> str:
    """Name of the archive in dist/."""
    return f"{NAME}_{contract.version}.tar.gz"


def archive(contract: Contract, tables: Mapping[str, tuple[Table, pl.DataFrame]], files: Mapping[str, bytes]) -> bytes:
    """The source archive. ``tables`` are what it holds, each with its rows; ``files`` those of the zip, by path there."""
    held = {path.relative_to(FUNCTIONS).as_posix(): path.read_bytes() for path in FUNCTIONS.rglob("*") if path.is_file()}
    held |= {f"data/{name}.rda": rdata.rda({name: rdata.data_frame(frame, table)}) for name, (table, frame) in tables.items()}
    held |= {f"man/{name}.Rd": help_page(table).encode() for name, (table, _) in tables.items()}
    cited = {"apa": citation.apa(contract), "bibtex": citation.bibtex(contract, citation.digest(files))}
    held["R/sysdata.rda"] = rdata.rda({"citations": rdata.strings(list(cited.values()), {"names": rdata.strings(list(cited))})})
    held |= {
        "DESCRIPTION": description(contract).encode(),
        "inst/CITATION": bibentry(contract).encode(),
        "inst/COPYRIGHTS": files["LICENSE.md"],
    }
    held[f"man/{NAME}-package.Rd"] = front_page(contract, [table for table, _ in tables.values()]).encode()
    return gzipped(_tar({f"{NAME}/{name}": held[name] for name in sorted(held)}, calendar.timegm(created(contract).timetuple())))


def _tar(files: Mapping[str, bytes], since: int) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = len(content), since, 0o644
            tar.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def description(contract: Contract) -> str:
    """The file DESCRIPTION."""
    spec, names = contract.spec, ", ".join(citation.authors(contract))
    fields = {
        "Package": NAME,
        "Type": "Package",
        "Title": f"{spec['title']} as Data Frames",
        "Version": contract.version,
        "Date": spec["created"][:10],
        "Author": names,
        "Maintainer": f"{citation.authors(contract)[0]} {NOBODY}",
        "Description": spec["description"],
        "License": spec["licenses"][0]["name"].replace("-", " ", 1).replace("-", " "),
        "Depends": "R (>= 4.1)",
        "Encoding": "UTF-8",
        "LazyData": "true",
        "NeedsCompilation": "no",
        "Packaged": f"{created(contract)} UTC; {names}",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def bibentry(contract: Contract) -> str:
    """The file CITATION, which R's own ``citation`` reads."""
    spec = contract.spec
    fields = {"title": spec["title"], "year": spec["created"][:4], "note": f"Data set, version {contract.version}"}
    if citation.doi(contract):
        fields["doi"] = citation.doi(contract)
    arguments = "".join(f",\n  {name} = {_quoted(value)}" for name, value in fields.items())
    people = ", ".join(f"person({_quoted(name)})" for name in citation.authors(contract))
    return f'bibentry(\n  "Misc",\n  author = c({people}){arguments}\n)\n'


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- help ----------------------------------------------------------------------------------------------------------------


def help_page(table: Table) -> str:
    """A page of help for a table: what a row is, and all its columns with their codes."""
    columns = "".join(f"\\item{{\\code{{{field.name}}}}}{{{_meaning(field)}}}\n" for field in table.fields.values())
    return "".join(
        [
            f"\\name{{{table.name}}}\n\\docType{{data}}\n\\alias{{{table.name}}}\n\\title{{{marked(table.spec['title'])}}}\n",
            f"\\description{{\n{marked(table.spec['description'])}\n}}\n\\usage{{{table.name}}}\n",
            f"\\format{{\nA data frame with these columns; a missing value means that nothing was published or found, never zero:\n\\describe{{\n{columns}}}\n}}\n",
            f"\\examples{{\nstr({table.name})\n}}\n\\keyword{{datasets}}\n",
        ]
    )


def _meaning(field: Field) -> str:
    """What a column and its codes mean."""
    codes = "".join(f"\\item{{\\code{{{_escaped(value)}}}}}{{{marked(meaning)}}}\n" for value, meaning in field.labels.items())
    return marked(f"{field.spec['title']}. {field.spec['description']}") + (f"\n\\describe{{\n{codes}}}\n" if codes else "")


def front_page(contract: Contract, tables: Iterable[Table]) -> str:
    """The page of help that names all others."""
    listed = "".join(f"\\item{{\\code{{\\link{{{table.name}}}}}}}{{{marked(table.spec['description'])}}}\n" for table in tables)
    return "".join(
        [
            f"\\name{{{NAME}-package}}\n\\alias{{{NAME}-package}}\n\\alias{{{NAME}}}\n\\docType{{package}}\n\\title{{{marked(contract.spec['title'])}}}\n",
            f"\\description{{\n{marked(contract.spec['description'])} This is version {contract.version}.\n}}\n",
            "\\details{\nTables are loaded when they are named. Codes are factors, whose meaning \\code{\\link{de_labels}} gives, days are dates.\n",
            f'\\describe{{\n{listed}}}\n}}\n\\seealso{{\n\\code{{\\link{{de_panel}}}}, \\code{{\\link{{de_cite}}}}, \\code{{demo("panel")}}\n}}\n\\keyword{{package}}\n',
        ]
    )


def marked(text: str) -> str:
    """A text of the descriptor in R's markup; what stands between backticks is code."""
    parts = text.split("`")
    return "".join(chain.from_iterable((_escaped(plain), f"\\code{{{_escaped(code)}}}" if code else "") for plain, code in _paired(parts)))


def _paired(parts: list[str]) -> Iterable[tuple[str, str]]:
    return zip(parts[::2], [*parts[1::2], ""], strict=False)


def _escaped(text: str) -> str:
    return re.sub(r"([\\%{}])", r"\\\1", text)
