"""The tutorial notebook's cells; docs/generate.py runs them and writes tutorial.ipynb."""

# %% [markdown]
# # From a paper to its evidence, its checks and a meta-analysis
#
# Counterproof reads clinical papers, keeps every number they report with its place, and recomputes the statistics. This notebook works on
# the demo corpus: renditions of three papers on rectal cancer. A flag says *inconsistent*: the printed numbers do not fit together by
# any method tried. It does not say which of them is off, nor why.

# %%
import counterproof

demo = counterproof.datasets.load("rectal-demo")
demo.papers.select("title", "format", "n_pages", "status")

# %% [markdown]
# ## What was read
#
# A printed table shows itself as it was read, so that a reading error is seen at once.

# %%
table = demo.tables.of("early-failure.txt").where(label="Table 3").first()
table

# %%
demo.table("event_counts").of("early-failure.txt").about("leakage").select("variable", "arm", "events", "total", "percent").order_by("total")

# %% [markdown]
# ## What was checked, and what could not be
#
# *Nothing checkable* is never *clean*: look at the coverage first.

# %%
demo.sql("select parse_filename(path) as paper, checked, reason, p_values from coverage order by paper, checked desc, p_values desc, reason")

# %% [markdown]
# ## One finding
#
# With the quote, the printed number marked, and what every method allows.

# %%
finding = demo.findings.where(check="p_from_counts", verdict="inconsistent").about("type of approach").first()
finding

# %%
print("\n".join(finding.inputs))

# %% [markdown]
# Where it stands: the words around the number. For a PDF the page is drawn as well, with the number boxed.

# %%
demo.source(finding)

# %% [markdown]
# ## The same outcome in several papers

# %%
demo.outcomes.where(outcome="anastomotic leak", level=None).select("source", "arm", "events", "total").order_by("total").df().assign(
    source=lambda d: d["source"].str.split("/").str[-1]
)

# %% [markdown]
# ## Out into a meta-analysis
#
# `export("metafor", …)` writes wide columns; what cannot be used is left out and counted. Here one paper's own table, as risk ratios.

# %%
import tempfile

import numpy as np
import pandas as pd

with tempfile.TemporaryDirectory() as folder:
    print(demo.export("metafor", folder))
    pairs = pd.read_csv(f"{folder}/dichotomous.csv")
pairs = pairs[(pairs["ai"] > 0) & (pairs["ci"] > 0)].head(4)
pairs.assign(log_rr=np.log(pairs["ai"] / pairs["n1i"] / (pairs["ci"] / pairs["n2i"])).round(3))[
    ["outcome", "level", "ai", "n1i", "ci", "n2i", "log_rr", "verdict"]
]
