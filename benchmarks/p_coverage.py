"""How many of the P-values found are checked, and why the others are not.

    uv run python benchmarks/p_coverage.py ../shared/real/jats

Checked is a P-value for which the audit computed an attainable set from the numbers of that very comparison. Besides all P-values, those
are counted that stand beside two or more arms with numbers a test could start from: in the P-value's own table row, in the rows that it
was found to compare, or in its sentence, two or more arms have a count or percent with a size, or a mean with SD or SE. This is told from
the evidence alone, whatever the P-value tests: P-values of rank tests, paired and clustered designs, models and several contrasts are
among them, and are printed by reason.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import duckdb

BESIDE = """
with usable as (
    select v.document_id, v.aggregate_no, v.table_no, v."row", v.quote, coalesce(v.arm_no, -1 - v.aggregate_no) as arm
    from aggregate_values as v
    where v.arm_role is distinct from 'total'
    and (v.arm_no is not null or v.table_no is null)
    and (
        ((v.count is not null or v.percent is not null) and v.n is not null)
        or (v.mean is not null and (v.sd is not null or v.se is not null))
    )
),
near as (
    select p.document_id, p.evidence_no, u.arm
    from p_values as p join usable as u on u.document_id = p.document_id and u.table_no = p.table_no_ and u."row" = p."row"
    union
    select p.document_id, p.evidence_no, u.arm
    from p_values as p join usable as u on u.document_id = p.document_id and u.quote = p.quote
    where p.table_no_ is null and u.table_no is null
    union
    select p.document_id, p.evidence_no, u.arm
    from p_values as p
    join comparison_members as m on m.document_id = p.document_id and m.comparison_no = p.comparison_no
    join usable as u on u.document_id = m.document_id and u.aggregate_no = m.aggregate_no
)
select p.table_no_ is not null as in_table, coalesce(b.arms, 0) >= 2 as beside, p.checked, p.reason, count(*) as n
from p_values as p
left join (select document_id, evidence_no, count(distinct arm) as arms from near group by all) as b using (document_id, evidence_no)
group by all
"""

P_VALUES = """
create temp table p_values as
select
    v.*,
    e.table_no as table_no_,
    exists (
        from finding_recomputations as r
        where r.document_id = v.document_id and r.audit_id = v.audit_id and r.finding_no = v.finding_no
    ) as checked
from store.p_values as v join store.evidence as e using (document_id, evidence_no)
"""


def measured(paths: list[str]) -> list[tuple[bool, bool, bool, str, int]]:
    """For P-values in tables or not, beside arms or not, checked or not, and by reason: how many."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.duckdb"
        command = [sys.executable, "-m", "counterproof.cli", "audit", "--all", "--fail-on", "never", "--store", str(store)]
        subprocess.run([*command, "-o", str(Path(folder) / "audit.txt"), *paths], check=False, stderr=subprocess.DEVNULL)
        connection = duckdb.connect()
        connection.execute(f"attach '{store}' as store (read_only)")
        connection.execute("set search_path = 'memory.main,store.main'")
        connection.execute(P_VALUES)
        return connection.execute(BESIDE).fetchall()


def told(rows: list[tuple[bool, bool, bool, str, int]], title: str) -> None:
    """Print one share and what is left, by reason."""
    found, checked = sum(row[-1] for row in rows), sum(row[-1] for row in rows if row[2])
    print(f"{title}: {checked} of {found} checked ({100 * checked / max(found, 1):.1f}%)")
    left: Counter[str] = Counter()
    for _, _, is_checked, reason, n in rows:
        if not is_checked:
            left[reason or "not judged"] += n
    for reason, n in left.most_common():
        print(f"  {n:5d}  {reason}")


def main() -> None:
    """Measure the files that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    rows = measured(parser.parse_args().paths)
    told(rows, "All P-values")
    told([row for row in rows if row[0]], "P-values in tables")
    told([row for row in rows if row[1]], "P-values beside two arms or more with counts, or means with SD or SE")


if __name__ == "__main__":
    main()
