# Everyday commands; `just` alone lists them.

default:
    @just --list

# Install everything that development needs
setup:
    uv sync

# The whole test suite
test *ARGS:
    uv run pytest -q {{ ARGS }}

# Lint, format check and both type checkers
check:
    uv run ruff check .
    uv run ruff format --check .
    uv run mypy
    uv run pyright

# Set the code in the house style
format:
    uv run ruff check --fix .
    uv run ruff format .

# Build the wheel
wheel:
    uv build --wheel --out-dir dist

# The audit of the demo corpus
demo:
    uv run counterproof audit corpus/documents --fail-on never

# Speed of the parts, on one core
bench:
    for file in benchmarks/*_speed.py; do uv run python "$file"; done

# The documentation as a site in build/site, its generated pages made anew
docs:
    uv run python docs/generate.py
    NO_MKDOCS_2_WARNING=1 uv run mkdocs build --strict --quiet

# Fuzz every parser and reader for so many minutes; prints the smallest input of each failure
fuzz MINUTES="60":
    uv run python benchmarks/fuzz.py --minutes {{ MINUTES }}

# The hostile corpus through the command line, with times and memory
hostile:
    uv run python benchmarks/hostile.py --large
