"""``make cite``: how to cite this version, or a slice of it (``make cite QUERY="expeller='RUS'"``), with a content fingerprint."""

import os
import signal
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from scripts.package import fingerprint, snapshot
from scripts.package.citation import apa, bibtex, cff, of_slice
from scripts.package.contract import Contract, product
from scripts.package.store import RefusedError, command
from scripts.publish.formats import read
from scripts.query import database

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

EXAMPLE = "expeller='RUS' and announced_on>='2022-02-24'"
# So long a condition on expulsions may run, each of the two times.
SECONDS = 10
CLOCKS = """
    SELECT DISTINCT function_name, return_type FROM duckdb_functions()
    WHERE stability <> 'CONSISTENT' AND parameters = [] AND return_type SIMILAR TO 'DATE|TIME.*'"""


def selected(query: str, contract: Contract, folder: Path) -> tuple[int, str]:
    """Number and fingerprint of the rows of expulsions for which a condition holds.

    Raises RefusedError unless ``query`` is one condition on the tables that selects rows, in time, and the same ones again in another
    process that has the tables in another order and the clock on another day.
    """
    if not query.isprintable():
        raise RefusedError("QUERY holds a line break or another character that cannot be printed. Write it in one line.")
    count, digest = _answered(query, contract, folder)
    if not count:
        raise RefusedError(
            f'QUERY selects no row of expulsions, so there is nothing to cite. Compare its values with the codebook: "{query}".'
        )
    if _answered(query, contract, folder, elsewhere=True) != (count, digest):
        raise RefusedError(
            "QUERY selects other rows when it is run again: it rests on chance, on the day or on the order of rows. Write what holds always."
        )
    return count, digest


def _answered(query: str, contract: Contract, folder: Path, elsewhere: bool = False) -> tuple[int, str]:
    """What ``answer`` gives in a process of its own: inside a function DuckDB heeds no interruption, and a process can be killed."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(theirs, SECONDS, query, contract, folder, elsewhere))
    child.start()
    theirs.close()
    try:
        result: tuple[int, str] | RefusedError = ours.recv()
    except EOFError as error:
        child.join()
        late = child.exitcode == -signal.SIGALRM
        why = f"runs for more than {SECONDS} seconds" if late else "did not come to its end: it may need more memory than there is"
        raise RefusedError(f"QUERY {why}. Ask for less at a time.") from error
    finally:
        child.kill()
        child.join()
    if isinstance(result, RefusedError):
        raise result
    return result


def _answer(pipe: "Connection[Any, Any]", seconds: float, query: str, contract: Contract, folder: Path, elsewhere: bool) -> None:
    # Whoever interrupts the command kills this process by it; an alarm ends it even where nobody is left to do so.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with opened(contract, folder, elsewhere) as connection:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            pipe.send(answer(connection, query, contract))
        except RefusedError as error:
            pipe.send(error)


def opened(contract: Contract, folder: Path, elsewhere: bool = False) -> duckdb.DuckDBPyConnection:
    """The tables in a database in memory that can reach, and spill into, no file.

    ``elsewhere`` they stand in the reverse order, and every function that tells the time tells another.
    """
    connection = duckdb.connect(config={"temp_directory": ""})
    for table in contract.tables.values():
        order = f" ORDER BY {', '.join(f'{column} DESC' for column in table.primary_key)}" if elsewhere else ""
        connection.execute(f"CREATE TABLE {table.name} AS FROM {database.source(table, folder)}{order}")
    if elsewhere:
        for name, kind in connection.execute(CLOCKS).fetchall():
            connection.execute(f"CREATE MACRO {name}() AS CAST(TIMESTAMP '1900-01-01 12:34:56' AS {kind})")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def answer(connection: duckdb.DuckDBPyConnection, query: str, contract: Contract) -> tuple[int, str]:
    """One run. Raises RefusedError unless ``query`` is one condition: it is parsed as an expression, never as a statement."""
    try:
        rows = connection.table("expulsions").filter(duckdb.SQLExpression(query)).pl()
    except duckdb.Error as error:
        message = " ".join(str(error).splitlines()[0].split()).rstrip(".")
        raise RefusedError(
            f'QUERY selects rows and does nothing else: write one condition on expulsions, as in "{EXAMPLE}" ({message}).'
        ) from error
    return rows.height, fingerprint.of_frame(rows, contract["expulsions"], contract.truth)


def citation(contract: Contract, folder: Path, released: bool, query: str = "") -> str:
    """All that ``make cite`` prints. ``released``: whether the tables are those of a release."""
    digest = fingerprint.of_folder(folder, contract)
    parts = ["APA", apa(contract), "", "BibTeX", bibtex(contract, digest), "", "CITATION.cff", cff(contract, digest), ""]
    parts += ["Content fingerprint", f"sha256:{digest}"]
    if not released:
        parts.append(f"These tables are not release {contract.version}: make one, or cite them only together with the fingerprint.")
    if query:
        count, digest_of_slice = selected(query, contract, folder)
        total = read((folder / "expulsions.csv").read_bytes(), contract["expulsions"]).height
        parts += ["", "Slice", f"{count} of {total} rows of expulsions where {query}", f"sha256:{digest_of_slice}", ""]
        parts.append(of_slice(contract, query, count, digest_of_slice))
    return "\n".join(parts)


def main() -> None:
    """Print the citation of the tables in build/; the environment variable CITE_QUERY may select rows."""
    query = os.environ.get("CITE_QUERY", "")
    with command("cite") as store:
        contract = product()
        known = contract.version in snapshot.versions()
        released = known and snapshot.release(contract.version).record["fingerprint"] == fingerprint.of_folder(store.build, contract)
        print(citation(contract, store.build, released, query))
        store.message = f"version {contract.version}"


if __name__ == "__main__":
    main()
