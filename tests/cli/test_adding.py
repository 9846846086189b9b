"""Adding by shards: whoever does the work and whatever stops it, the store says the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from counterproof._adding import Plan, add, plan_part
from counterproof._children import Worker
from counterproof._cutting import part_of, size_for
from counterproof._executors import Executor, executor
from counterproof._inputs import Source
from counterproof._limits import Limits
from counterproof._output import Messages
from counterproof._shard_work import Done, Task, work
from counterproof._verifying import verified
from counterproof.kb.errors import UsageError
from counterproof.kb.sharded import open_shards
from counterproof.kb.shards import Shards

Run = Callable[..., tuple[int, str, str]]

PAPER = """<article><front/><body><sec sec-type="results"><title>Results</title><p>Relapse was seen in {n} of 40 patients ({percent}%)
under the drug and in 10 of 40 (25.0%) under placebo (P = 0.03).</p>{more}</sec></body></article>"""

SITE = """
import importlib.abc, importlib.machinery, os, sys, time
class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name != "counterproof.extract.pipeline":
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        run = spec.loader.exec_module
        def exec_module(module):
            run(module)
            read = module.read
            def wrapped(data, path):
                if b"DIE" in data: os.abort()
                if b"HANG" in data: time.sleep(60)
                if b"SLOW" in data: time.sleep(0.1)
                return read(data, path)
            module.read = wrapped
        spec.loader.exec_module = exec_module
        return spec
sys.meta_path.insert(0, Finder())
"""
"""Makes readers that crash, hang or are slow over some words, in this process's children too."""


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return make(tmp_path / "papers", 8)


def make(folder: Path, n: int, more: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(1, n + 1):
        (folder / f"{more or 'sound'}{number}.xml").write_text(PAPER.format(n=number, percent=number / 0.4, more=f"<p>{more}</p>"))
    return folder


@pytest.fixture(scope="module", autouse=True)
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Children of this process stumble over the words of ``SITE``."""
    site = tmp_path_factory.mktemp("site")
    (site / "sitecustomize.py").write_text(SITE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{site}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
        yield


@pytest.fixture(scope="module")
def cluster(faulty: None) -> Iterator[str]:  # noqa: ARG001
    """The address of a Dask scheduler with two workers."""
    distributed = pytest.importorskip("distributed", reason="Dask is not installed (counterproof[dask])")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, memory_limit=None, dashboard_address=":0", host="127.0.0.1", silence_logs=50
    ) as made:
        yield made.scheduler_address


def run_add(papers: Path, store: Path, **how: Any) -> int:
    limits = how.pop("limits", Limits(seconds=60))
    plan = Plan(store, store.with_suffix(".shards"), **how)
    messages = Messages(quiet=True, problems=False)
    return add([str(papers)], plan=plan, limits=limits, format="text", stdin_filename=None, messages=messages, verbose=False)


def digest(store: Path) -> str:
    found = verified(store, store.with_suffix(".shards"))
    assert not found.problems
    return found.digest


@pytest.fixture(params=["serial", "processes", "dask"])
def way(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each executor in turn."""
    ways: dict[str, dict[str, Any]] = {"serial": {"jobs": 1}, "processes": {"jobs": 2}, "dask": {"jobs": 2}}
    chosen = ways[request.param]
    return chosen | {"scheduler": request.getfixturevalue("cluster")} if request.param == "dask" else chosen


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What eight papers say, read by one child after the other."""
    folder = tmp_path_factory.mktemp("undisturbed")
    assert run_add(make(folder / "papers", 8), folder / "calm.duckdb", jobs=1) == 0
    return digest(folder / "calm.duckdb")


def test_every_executor_gives_the_same_store(way: dict[str, Any], papers: Path, tmp_path: Path, undisturbed: str) -> None:
    assert run_add(papers, tmp_path / "a.duckdb", **way) == 0
    assert digest(tmp_path / "a.duckdb") == undisturbed


@pytest.mark.slow
def test_findings_are_kept_and_do_not_depend_on_who_found_them(papers: Path, tmp_path: Path) -> None:
    assert run_add(papers, tmp_path / "a.duckdb", audit=True, jobs=2) == 0
    assert run_add(papers, tmp_path / "b.duckdb", audit=True, jobs=1) == 0
    assert digest(tmp_path / "a.duckdb") == digest(tmp_path / "b.duckdb")
    with open_shards(tmp_path / "a.shards") as shown:
        assert shown.connection.execute("select count(distinct document_id) from findings").fetchone() == (8,)


def test_a_crash_costs_one_document(way: dict[str, Any], papers: Path, tmp_path: Path) -> None:
    make(papers, 1, "DIE")
    assert run_add(papers, tmp_path / "a.duckdb", **way) == 3
    sound, failed = outcomes(tmp_path / "a.shards")
    assert sound == 8
    assert "memory limit 3 GB, or a fault" in failed["DIE1.xml"]


def test_a_hang_costs_one_document(papers: Path, tmp_path: Path) -> None:
    make(papers, 1, "HANG")
    assert run_add(papers, tmp_path / "a.duckdb", limits=Limits(seconds=8), jobs=1) == 3
    sound, failed = outcomes(tmp_path / "a.shards")
    assert sound == 8
    assert "time limit 8 s" in failed["HANG1.xml"]


def outcomes(folder: Path) -> tuple[int, dict[str, str]]:
    """How many documents were read, and why the others were not."""
    with open_shards(folder) as shown:
        rows = shown.connection.execute("select path, status, problems from documents").fetchall()
    return sum(status == "ok" for _, status, _ in rows), {Path(path).name: " ".join(said) for path, _, said in rows if said}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="children are looked up in /proc")
def test_a_worker_that_is_killed_under_load_costs_nothing(way: dict[str, Any], tmp_path: Path) -> None:
    papers = make(tmp_path / "slow", 12, "SLOW")
    shards, over = Shards(tmp_path / "a.shards"), threading.Event()
    killed: list[int] = []

    def kill() -> None:
        while not over.wait(0.05):
            if len(shards.names()) > len(killed) and len(killed) < 2:  # all are at work
                killed.append(next(victims(way)))
                os.kill(killed[-1], signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        assert run_add(papers, tmp_path / "a.duckdb", **way) == 0
    finally:
        over.set()
        thread.join()
    assert killed
    assert run_add(papers, tmp_path / "b.duckdb", jobs=2) == 0
    assert digest(tmp_path / "a.duckdb") == digest(tmp_path / "b.duckdb")


def victims(way: dict[str, Any]) -> Iterator[int]:
    """The processes to kill: the readers, or the workers of a Dask cluster."""
    sign = b"spawn_main" if "scheduler" in way else b"counterproof._worker"
    for pid in descendants(os.getpid()):
        try:
            line = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if sign in line:
            yield pid


def descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            direct = [int(word) for word in task.read_text().split()]
        except OSError:
            continue
        for child in direct:
            found += [child, *descendants(child)]
    return found


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on_where_it_stopped(papers: Path, tmp_path: Path) -> None:
    make(papers, 4, "SLOW")
    command = [sys.executable, "-m", "counterproof.cli", "add", str(papers), "--store", str(tmp_path / "a.duckdb"), "--jobs", "2"]
    shards = Shards(tmp_path / "a.shards")
    seen = 0
    for _ in range(20):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            until = time.monotonic() + 30
            while process.poll() is None and len(shards.names()) <= seen and time.monotonic() < until:
                time.sleep(0.02)
            process.kill()
        seen = len(shards.names())
        if process.returncode == 0:
            break
    assert run_add(papers, tmp_path / "a.duckdb") == 0
    assert run_add(papers, tmp_path / "b.duckdb", jobs=1) == 0
    assert digest(tmp_path / "a.duckdb") == digest(tmp_path / "b.duckdb")
    assert not list(shards.scratch.iterdir())


def test_jobs_of_an_array_do_each_document_once(papers: Path, tmp_path: Path, undisturbed: str) -> None:
    for number in (1, 2):
        assert run_add(papers, tmp_path / "a.duckdb", part=(number, 2), jobs=1) == 0
    assert not (tmp_path / "a.duckdb").exists()
    before = Shards(tmp_path / "a.shards").names()
    assert run_add(papers, tmp_path / "a.duckdb", jobs=1) == 0
    assert Shards(tmp_path / "a.shards").names() == before
    assert digest(tmp_path / "a.duckdb") == undisturbed


def test_a_store_that_was_lost_is_made_again_from_its_shards(papers: Path, tmp_path: Path, undisturbed: str) -> None:
    assert run_add(papers, tmp_path / "a.duckdb", jobs=1) == 0
    (tmp_path / "a.duckdb").unlink()
    damaged = Shards(tmp_path / "a.shards").names()[0]
    evidence = Shards(tmp_path / "a.shards").file(damaged, "evidence")
    evidence.write_bytes(evidence.read_bytes()[:-100])
    assert run_add(papers, tmp_path / "a.duckdb", jobs=1) == 0
    assert digest(tmp_path / "a.duckdb") == undisturbed


def test_verify_says_what_is_the_matter(run: Run, sound: Path, unsound: Path, tmp_path: Path) -> None:
    assert run("add", sound, unsound, "--store", "a.duckdb", "--jobs", 2)[0] == 0
    code, out, _ = run("verify", "a.duckdb", "--format", "json")
    said = json.loads(out)
    assert (code, said["documents"], said["compared"], said["problems"]) == (0, 2, 2, [])
    shards = Shards(tmp_path / "a.shards")
    first, second = shards.names()
    shards.file(first, "evidence").write_bytes(b"torn")
    shards.remove(second)
    code, out, _ = run("verify", "a.duckdb")
    assert code == 1
    assert "evidence.parquet: the shard is damaged" in out
    assert "the shard is gone" in out
    import duckdb

    with duckdb.connect("a.duckdb") as connection:
        connection.execute("update facts.evidence set value = value + 1")
    run("add", sound, "--store", "b.duckdb", "--jobs", 1)
    with duckdb.connect("b.duckdb") as connection:
        connection.execute("update facts.evidence set value = value + 1")
    code, out, _ = run("verify", "b.duckdb")
    assert code == 1
    assert "the store's rows are not those of its shard" in out


def test_a_folder_of_shards_is_asked_like_a_store(papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import counterproof
    from counterproof import _querying
    from counterproof.kb.sandbox import QueryLimits

    assert run_add(papers, tmp_path / "a.duckdb", jobs=1, part=(1, 1)) == 0
    for view in ("documents", "reading_overview"):
        query = f"select count(distinct document_id) as n from {view}"
        assert _querying.sql(query, store=tmp_path / "a.shards", format="jsonl", to=None, limits=QueryLimits(), wait=0) == 0
        assert json.loads(capsys.readouterr().out) == {"n": 8}
    outside = f"select * from read_text('{papers}/sound1.xml')"
    with pytest.raises(UsageError, match="disabled"):
        _querying.sql(outside, store=tmp_path / "a.shards", format="jsonl", to=None, limits=QueryLimits(), wait=0)
    with counterproof.open(tmp_path / "a.shards") as data:
        assert data.sql("select count(*) from documents").fetchall() == [(8,)]


@pytest.mark.parametrize("text", ["3", "0/2", "3/2", "a/b", "1/", "/2", "-1/2"])
def test_a_part_that_is_none_is_said_so(text: str) -> None:
    with pytest.raises(UsageError, match="--shard"):
        plan_part(text)


def test_parts_divide_the_documents() -> None:
    every = [Source(f"{n}.xml") for n in range(200)]
    parts = [part_of(every, number, 7) for number in range(1, 8)]
    assert sorted(source.path for part in parts for source in part) == sorted(source.path for source in every)
    assert all(parts)


@pytest.mark.parametrize(("documents", "jobs", "size"), [(1, 8, 1), (10, 2, 2), (1000, 2, 125), (5000, 2, 133), (6_000_000, 2, 1000)])
def test_shards_grow_with_the_work(documents: int, jobs: int, size: int) -> None:
    assert size_for(documents, jobs) == size


def test_no_resume_refuses_to_go_on(run: Run, sound: Path) -> None:
    assert run("add", sound, "--store", "a.duckdb", "--no-resume")[0] == 0
    code, _, err = run("add", sound, "--store", "a.duckdb", "--no-resume")
    assert code == 2
    assert "--no-resume" in err


def test_a_scheduler_without_dask_is_said_so(run: Run, sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, _, err = run("add", sound, "--scheduler", "local")
    assert code == 2
    assert "counterproof[dask]" in err


def test_a_shard_that_is_there_is_not_made_again(papers: Path, tmp_path: Path) -> None:
    task = Task("0" * 24, tuple(Source(str(path)) for path in sorted(papers.iterdir())), str(tmp_path / "s.shards"), "1")
    worker = Worker(Limits())
    first = work(task, worker)
    worker.close()
    worker.join()
    assert work(task, worker).outcomes == first.outcomes  # a worker that is closed can read nothing


def test_an_executor_takes_tasks_only_when_it_can_do_them(papers: Path, tmp_path: Path) -> None:
    taken: list[str] = []

    def tasks() -> Iterable[Task]:
        for number in range(100):
            taken.append(str(number))
            yield Task(f"{number:024}", (Source(str(papers / "sound1.xml")),), str(tmp_path / "s.shards"), "1")

    who: Executor = executor(2, Limits())
    running = who.run(tasks())
    done: Done = next(iter(running))
    assert done.written
    assert len(taken) < 8
    running.close()  # type: ignore[attr-defined]
