"""What is exported is what was printed: meta-analyses of it give the published figures, in statsmodels and in R's metafor."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.meta_analysis import combine_effects, effectsize_2proportions

from counterproof.kb.dataset import Dataset

RISK_RATIO = {"estimate": -0.714117, "se": 0.178742, "tau2": 0.308760}
"""metafor 3.8-1, dat.bcg: escalc(measure="RR"), rma(method="DL")."""
MEAN_DIFFERENCE = {"estimate": -13.981722, "se": 5.126698, "tau2": 205.409375}
"""metafor 3.8-1, dat.normand1999: escalc(measure="MD"), rma(method="DL")."""

R_SCRIPT = """suppressMessages(library(metafor))
a <- commandArgs(trailingOnly = TRUE)
d <- read.csv(file.path(a[1], "dichotomous.csv")); d <- d[d$outcome == "Tuberculosis", ]
m <- read.csv(file.path(a[1], "continuous.csv"))
r <- read.csv(file.path(a[2], "data-rows.csv")); r <- r[r$Analysis.name == "Tuberculosis", ]
show <- function(fit) cat(sprintf("%.6f %.6f %.6f %d\\n", fit$beta[1], fit$se, fit$tau2, fit$k))
show(rma(yi, vi, data = escalc(measure = "RR", ai = ai, bi = bi, ci = ci, di = di, data = d), method = "DL"))
show(rma(yi, vi, data = escalc(measure = "MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = m),
         method = "DL"))
show(rma(yi, vi, data = escalc(measure = "RR", ai = Experimental.cases, n1i = Experimental.N, ci = Control.cases, n2i = Control.N,
         data = r), method = "DL"))
show(rma(yi, vi, data = escalc(measure = "RR", ai = ai, bi = bi, ci = ci, di = di, data = d), method = "REML"))
"""


@pytest.fixture(scope="module")
def exported(trials: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    assert trials.export("metafor", folder / "metafor") == []
    assert trials.export("revman", folder / "revman") == []
    return folder


def test_events_give_the_published_risk_ratio(exported: Path) -> None:
    data = pd.read_csv(exported / "metafor" / "dichotomous.csv")
    data = data[data["outcome"] == "Tuberculosis"]
    assert len(data) == 13
    assert set(zip(data["arm1"], data["arm2"], strict=True)) == {("BCG vaccine", "Control")}
    effect, variance = effectsize_2proportions(data["ai"], data["n1i"], data["ci"], data["n2i"], statistic="risk-ratio")
    pooled: Any = combine_effects(np.asarray(effect), np.asarray(variance), method_re="dl")
    assert pooled.mean_effect_re == pytest.approx(RISK_RATIO["estimate"], abs=1e-6)
    assert pooled.sd_eff_w_re == pytest.approx(RISK_RATIO["se"], abs=1e-6)
    assert pooled.tau2 == pytest.approx(RISK_RATIO["tau2"], abs=1e-6)


def test_means_give_the_published_difference(exported: Path) -> None:
    data = pd.read_csv(exported / "metafor" / "continuous.csv")
    assert len(data) == 9
    variance = data["sd1i"] ** 2 / data["n1i"] + data["sd2i"] ** 2 / data["n2i"]
    pooled: Any = combine_effects(np.asarray(data["m1i"] - data["m2i"]), np.asarray(variance), method_re="dl")
    assert pooled.mean_effect_re == pytest.approx(MEAN_DIFFERENCE["estimate"], abs=1e-6)
    assert pooled.sd_eff_w_re == pytest.approx(MEAN_DIFFERENCE["se"], abs=1e-6)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_metafor_takes_the_files_as_they_are(exported: Path, tmp_path: Path) -> None:
    have = subprocess.run(["Rscript", "-e", "library(metafor)"], capture_output=True, check=False)
    if have.returncode:
        pytest.skip("R's metafor is not installed (Debian: r-cran-metafor)")
    script = tmp_path / "pool.R"
    script.write_text(R_SCRIPT, "utf-8")
    command = ["Rscript", str(script), str(exported / "metafor"), str(exported / "revman")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    counts, means, revman, reml = ([float(word) for word in line.split()] for line in done.stdout.splitlines())
    assert counts == revman == pytest.approx([*RISK_RATIO.values(), 13], abs=2e-6)
    assert means == pytest.approx([*MEAN_DIFFERENCE.values(), 9], abs=2e-6)
    assert reml[0] == pytest.approx(-0.714532, abs=2e-6)


def test_studies_are_labelled_as_reviews_do(exported: Path) -> None:
    data = pd.read_csv(exported / "metafor" / "dichotomous.csv")
    assert {"Aronson 1948", "Rosenthal 1960", "Rosenthal 1961", "Comstock 1969"} <= set(data["study"])
    assert data["doi"].str.startswith("10.9999/").all()
    rows = pd.read_csv(exported / "revman" / "data-rows.csv")
    assert rows["Study"].nunique() == 22
    assert set(rows.groupby("Analysis name")["Analysis number"].nunique()) == {1}
