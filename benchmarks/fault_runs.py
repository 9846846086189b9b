"""Runs that are killed, robbed of their workers and of their disk, and end with the evidence of an undisturbed run.

    python benchmarks/fault_runs.py FOLDER [--documents 1000] [--kills 200] [--lost-workers 20] [--full-disks 3] [--largest 75000]

FOLDER has JATS articles; each copy is made distinct by a comment, articles of more than ``--largest`` bytes are left out. Kills (of the
command, or of one of its children) come at random moments; a round that ends is compared with the undisturbed run (``counterproof
verify``) and another begins, until there were enough kills. Disks are small file systems in memory where the user may mount
them (root), else limits on the size of a file.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from copies import make_copies

COMMAND = [sys.executable, "-m", "counterproof.cli"]


def main() -> None:
    """Make the runs and print what was counted."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--documents", type=int, default=1000)
    ask.add_argument("--kills", type=int, default=200)
    ask.add_argument("--lost-workers", type=int, default=20)
    ask.add_argument("--full-disks", type=int, default=3)
    ask.add_argument("--largest", type=int, default=75_000)
    ask.add_argument("--seed", type=int, default=7)
    arguments = ask.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory(prefix="counterproof-faults-") as name:
        where = Path(name)
        originals = [path for path in sorted(arguments.folder.glob("*.xml")) if path.stat().st_size <= arguments.largest]
        make_copies(originals, arguments.documents, where / "papers")
        began = time.monotonic()
        undisturbed = run(where, "calm")
        took = time.monotonic() - began
        said = verified(where, "calm")
        print(
            f"undisturbed: {said['documents']} documents of {len(originals)} articles in {took:.0f} s, digest {said['digest']}", flush=True
        )
        assert undisturbed == 0
        assert not said["problems"], said["problems"]
        killed(where, arguments.kills, said["digest"], took, chance)
        lost_workers(where, arguments.lost_workers, said["digest"], took, chance)
        full_disks(where, arguments.full_disks, said["digest"])


def start(where: Path, store: str, *options: str, **more: Any) -> subprocess.Popen[bytes]:
    """Begin to add all papers to a store."""
    paths = [str(where / "papers"), "--store", f"{where / store}.duckdb", "--shards", f"{where / store}.shards"]
    command = [*COMMAND, "add", *paths, "--audit", "-q", "--shard-size", "8", *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)


def run(where: Path, store: str, *options: str, **more: Any) -> int:
    """Add all papers to a store; the exit code."""
    process = start(where, store, *options, **more)
    process.communicate()
    return process.returncode


def verified(where: Path, store: str) -> dict[str, Any]:
    """What ``counterproof verify`` says of a store."""
    command = [*COMMAND, "verify", f"{where / store}.duckdb", "--format", "json", "--wait", "60"]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    return found


def compare(where: Path, store: str, digest: str) -> bool:
    """Whether a store that was finished says what the undisturbed one says; it is taken away."""
    said = verified(where, store)
    same = said["digest"] == digest and not said["problems"]
    if not same:
        print(f"DIFFERENT: {said}", flush=True)
    (where / f"{store}.duckdb").unlink()
    shutil.rmtree(where / f"{store}.shards")
    return same


def killed(where: Path, kills: int, digest: str, took: float, chance: random.Random) -> None:
    """Kill runs until there were enough kills, and compare each round that came to its end."""
    done = of_children = rounds = equal = stretched = 0
    while done < kills:
        process = start(where, "killed")
        try:
            process.wait(chance.uniform(0.2, max(4.0, took / 16)) if stretched < 40 else took)
        except subprocess.TimeoutExpired:
            child = chance.choice([None, *children(process.pid)])
            os.kill(child or process.pid, signal.SIGKILL)
            done, of_children, stretched = done + 1, of_children + bool(child), stretched + 1
            if child:
                time.sleep(chance.uniform(0, 2))
                process.kill()
            process.communicate()
            continue
        _, error = process.communicate()
        if process.returncode:
            print(f"a round ended with {process.returncode}: {error.decode()[-2000:]}", flush=True)
        rounds, stretched = rounds + 1, 0
        equal += compare(where, "killed", digest)
        print(f"killed: {done} kills so far, round {rounds} ended", flush=True)
    run(where, "killed")
    rounds += 1
    equal += compare(where, "killed", digest)
    print(
        f"killed: {done} kills ({of_children} of a child first), {rounds} rounds to the end, {equal} equal to the undisturbed one",
        flush=True,
    )


def children(pid: int) -> list[int]:
    """The child processes of a process."""
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(line) for line in listed.split()]


def lost_workers(where: Path, kills: int, digest: str, took: float, chance: random.Random) -> None:
    """Kill workers of a Dask cluster under load until there were enough kills; every round is compared."""
    import distributed

    done = rounds = equal = begun_again = 0
    again = False
    while done < kills or again:
        # a nanny that lost its worker while it began gives it up, so that each run has a cluster of its own
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, memory_limit=None, dashboard_address=":0", host="127.0.0.1", silence_logs=50
        ) as cluster:
            process = start(where, "dask", "--scheduler", cluster.scheduler_address)
            while process.poll() is None:
                time.sleep(chance.uniform(1, max(2.0, took / 8)))
                workers = [nanny.pid for nanny in cluster.workers.values() if nanny.pid and nanny.status.name == "running"]
                if done < kills and len(workers) == 2 and process.poll() is None:
                    os.kill(chance.choice(workers), signal.SIGKILL)
                    done += 1
            process.communicate()
        again = process.returncode != 0  # no worker was left; what is done is kept, and the run goes on
        if again:
            begun_again += 1
            continue
        rounds += 1
        equal += compare(where, "dask", digest)
        print(f"dask: {done} workers killed so far, round {rounds} ended", flush=True)
    print(
        f"dask: {done} workers killed, {rounds} rounds, {equal} equal to the undisturbed run; {begun_again} begun again",
        flush=True,
    )


def full_disks(where: Path, times: int, digest: str) -> None:
    """Let the disk be full so many times in one run, making room after each, and compare the end."""
    disk = where / "disk"
    disk.mkdir()
    whole = sum(file.stat().st_size for file in (where / "calm.duckdb", *(where / "calm.shards").rglob("*")))
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    needed = whole if mounted else (where / "calm.duckdb").stat().st_size
    sizes = [max(1, needed * (number + 1) // (times + 1) >> 20) for number in range(times)]
    full = 0
    try:
        for size in sizes:
            if mounted:
                subprocess.run(["mount", "-o", f"remount,size={size}m", str(disk)], check=True)
            process = start(where, "disk/full", **({} if mounted else {"preexec_fn": lambda most=size: limit_files(most)}))
            _, error = process.communicate()
            full += process.returncode == 2 and b"full" in error
        if mounted:
            subprocess.run(["mount", "-o", "remount,size=4g", str(disk)], check=True)
        code = run(where, "disk/full")
        equal = compare(where, "disk/full", digest)
    finally:
        if mounted:
            subprocess.run(["umount", str(disk)], check=False)
    way = "a small file system" if mounted else "a limit on files"
    print(f"disk full: {full} of {times} times said so ({way}, {sizes} MB), then ended with {code}, equal: {equal}", flush=True)


def limit_files(megabytes: int) -> None:
    """Let no file of this process grow beyond so many megabytes."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (megabytes << 20, megabytes << 20))


if __name__ == "__main__":
    main()
