"""Times common views and the audit's SQL on a store of ten million rows of evidence made from real ones.

    python benchmarks/big_store.py STORE [--rows 10000000] [--keep FILE]

STORE is an evidence store of real papers (``counterproof add … --store STORE --audit``). Its documents are repeated under new digests until
the evidence has so many rows. Each query is run three times and its best time printed; the audit's views are run over 500, 1,000 and 2,000
of its documents, which shows whether their cost is linear.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from counterproof._library import open_evidence
from counterproof.kb import schema
from counterproof.queries.checks import all_checks

COMMON = {
    "documents by format": "select format, count(*) from documents group by all",
    "evidence by kind": "select kind, count(*) from evidence group by all",
    "one document's evidence": "select * from evidence where document_id = $document",
    "one document's findings": "select * from findings where document_id = $document",
    "one document's comparisons": "select * from comparison_rows where document_id = $document",
    "one document's P-values": "select * from p_values where document_id = $document",
    "one document's outcomes": "select * from outcomes where document_id = $document",
    "one document's pairs of arms": "select * from arm_pairs where document_id = $document",
    "one document's coverage": "select * from coverage where document_id = $document",
    "findings by check and verdict": "select check_id, verdict, count(*) from findings group by all",
    "flags, worst first": """select path, check_id, message from findings where verdict in ('decision_error', 'inconsistent')
        order by changes_conclusion desc, chance limit 100""",
    "P-values beside .05": "select count(*) from evidence where kind = 'p_value' and value between 0.045 and 0.055",
    "hazard ratios": "select path, value, quote from evidence where kind = 'hr' and value < 0.5 limit 100",
    "tables by label": "select label, count(*) from tables group by all order by 2 desc limit 10",
    "arms by role": "select role, count(*) from arms group by all",
    "methods declared": "select name, count(distinct document_id) from methods group by all order by 2 desc",
}

VIEWS = sorted({check.view for check in all_checks()})


def main() -> None:
    """Make the large store, and print the times."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("store", type=Path)
    ask.add_argument("--rows", type=int, default=10_000_000)
    ask.add_argument("--keep", type=Path, help="Keep the large store in this file; one that is there is used.")
    arguments = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="counterproof-big-") as name:
        big = arguments.keep or Path(name) / "big.duckdb"
        if not big.exists():
            shutil.copyfile(arguments.store, big)
            began = time.monotonic()
            multiply(big, arguments.rows)
            print(f"made in {time.monotonic() - began:.0f} s", flush=True)
        with open_evidence(big, read_only=True) as store:
            connection = store.connection
            n = connection.execute("select (select count(*) from facts.evidence), (select count(*) from facts.readings)").fetchone()
            assert n is not None
            print(f"{n[0]:,} rows of evidence, {n[1]:,} documents, {big.stat().st_size >> 20:,} MB", flush=True)
            common(connection)
            plan(connection)
            linear(connection)


def multiply(path: Path, rows: int) -> None:
    """Repeat every reading of a store until its evidence has so many rows, each copy under numbers and digests of its own."""
    with open_evidence(path) as store:
        connection = store.connection
        have = connection.execute("select (select count(*) from facts.evidence), (select max(reading_id) from facts.readings)").fetchone()
        assert have is not None
        copies, step = max(1, -(-rows // have[0])), have[1]
        for table in schema.relations(connection, "facts"):
            columns = {column.name for column in table.columns}
            if "reading_id" in columns and not table.name.startswith("current_"):
                document = ", sha256(document_id || copy) as document_id" if table.name == "readings" else ""
                connection.execute(
                    f"""insert into facts.{table.name} by name
                    select * exclude (copy) replace (reading_id + copy * {step} as reading_id{document})
                    from facts.{table.name}, range(1, {copies}) as c(copy)
                    order by reading_id"""
                )
        connection.execute("checkpoint")


def common(connection: duckdb.DuckDBPyConnection) -> None:
    """Print the best of three times of each common query."""
    document = _one(connection)
    for what, query in COMMON.items():
        best = min(timed(connection, query.replace("$document", f"'{document}'")) for _ in range(3))
        print(f"{best:7.3f} s  {what}", flush=True)


def plan(connection: duckdb.DuckDBPyConnection) -> None:
    """Print how much of the evidence is read for one document: a store has its rows in the order of its readings."""
    row = connection.execute(f"explain analyze select * from evidence where document_id = '{_one(connection)}'").fetchone()
    assert row is not None
    for table, scanned in re.findall(r"Table: (\S+).*?Row Groups Scanned: (\d+ / \d+)", row[1], re.DOTALL):
        print(f"row groups scanned of {table}: {scanned}", flush=True)


def linear(connection: duckdb.DuckDBPyConnection) -> None:
    """Print the times of all the views that checks read, for twice and four times as many documents, as an audit asks for them."""
    for n in (500, 1000, 2000):
        with open_evidence(None) as part:
            for table in schema.relations(connection, "facts"):
                if "reading_id" in {column.name for column in table.columns} and not table.name.startswith("current_"):
                    part.insert(table.name, connection.sql(f"from facts.{table.name} where reading_id <= {n}").to_arrow_table())
            times = {view: timed(part.connection, f"create temp table asked as from {view}; drop table asked") for view in VIEWS}
        slowest = max(times, key=lambda view: times[view])
        took = sum(times.values())
        print(f"audit's {len(times)} views, {n} documents: {took:.2f} s, {took / n * 1000:.1f} ms each; slowest {slowest}", flush=True)


def _one(connection: duckdb.DuckDBPyConnection) -> str:
    """A document in the middle of the store that reports many P-values."""
    row = connection.execute(
        """select document_id from facts.readings where reading_id = (
        select reading_id from facts.comparisons where reading_id > (select count(*) // 2 from facts.readings)
        group by all order by count(*) desc, reading_id limit 1)"""
    ).fetchone()
    assert row is not None
    return str(row[0])


def timed(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    """Seconds that a query takes, its rows fetched."""
    began = time.perf_counter()
    connection.execute(query).fetchall()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
