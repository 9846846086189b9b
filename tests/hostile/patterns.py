"""Every regular expression of ours: those that a module keeps, wherever in its tuples and tables, and those written into a call."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import counterproof

METHODS = {"match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"}


@dataclass(frozen=True)
class Use:
    """A pattern with the place where it stands and the ways in which it is used there: from the start, as a whole, or anywhere."""

    where: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]

    def searches(self) -> Iterator[Callable[[str], object]]:
        """The searches to time; a pattern that is sought anywhere is sought until the text ends."""
        methods = self.methods or {"search"}
        if methods - {"match", "fullmatch"}:
            yield lambda text: deque(self.pattern.finditer(self._in(text)), 0)
        for method in methods & {"match", "fullmatch"}:
            yield partial(self._once, method)

    def _once(self, method: str, text: str) -> object:
        return getattr(self.pattern, method)(self._in(text))

    def _in(self, text: str) -> str | bytes:
        return text if isinstance(self.pattern.pattern, str) else text.encode()


def all_patterns() -> list[Use]:
    """Every pattern of the package, each once."""
    modules = [
        importlib.import_module(m.name) for m in pkgutil.walk_packages(counterproof.__path__, "counterproof.") if "render" not in m.name
    ]
    used = {module: _methods_of_names(module) for module in modules}
    found: dict[tuple[Any, int], Use] = {}
    for module in modules:
        for name, value in vars(module).items():
            methods = used[module][name] if name.startswith("_") else frozenset().union(*(names[name] for names in used.values()))
            for pattern in _within(value, set()):
                _add(found, f"{module.__name__}.{name}", pattern, frozenset(methods))
        for line, method, pattern in _inline(module):
            _add(found, f"{module.__name__}:{line}", pattern, frozenset({method}))
    return list(found.values())


def _add(found: dict[tuple[Any, int], Use], where: str, pattern: re.Pattern[Any], methods: frozenset[str]) -> None:
    key = (pattern.pattern, pattern.flags)
    before = found.get(key)
    found[key] = Use(before.where, pattern, before.methods | methods) if before else Use(where, pattern, methods)


def _within(value: object, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value of a module: itself, or within its containers and dataclasses."""
    if isinstance(value, re.Pattern):
        yield value
        return
    if id(value) in seen or isinstance(value, (str, bytes, int, float, ModuleType, type)):
        return
    seen.add(id(value))
    inner: list[object] = []
    if isinstance(value, dict):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, (tuple, list, set, frozenset)):
        inner = list(value)
    elif dataclasses.is_dataclass(value):
        inner = [getattr(value, field.name, None) for field in dataclasses.fields(value)]
    for item in inner:
        yield from _within(item, seen)


def _tree(module: ModuleType) -> ast.Module:
    file = module.__file__ or ""
    return ast.parse(Path(file).read_text("utf-8")) if file.endswith(".py") else ast.Module([], [])


def _methods_of_names(module: ModuleType) -> defaultdict[str, frozenset[str]]:
    """Which methods a module calls of the patterns that it names; ``search`` of one that it only hands on."""
    methods: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    tree = _tree(module)
    called = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS and isinstance(node.value, (ast.Name, ast.Attribute)):
            name = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            methods[name] |= {node.attr}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
            methods[node.id] |= {"search"}
    return methods


def _inline(module: ModuleType) -> Iterator[tuple[int, str, re.Pattern[Any]]]:
    """The patterns written into calls of ``re``, as far as they are made of constants."""
    for node in ast.walk(_tree(module)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS and node.args):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        flags = next((k.value for k in node.keywords if k.arg == "flags"), None)
        flags = flags or (node.args[-1] if "re." in ast.unparse(node.args[-1]) else None)
        try:
            pattern, flag = cast(str, _value(node.args[0], module)), cast(int, _value(flags, module)) if flags else 0
            yield node.lineno, node.func.attr, re.compile(pattern, flag)
        except (NameError, TypeError):  # made of what only the call knows
            continue


def _value(node: ast.expr, module: ModuleType) -> Any:
    return eval(compile(ast.Expression(node), "pattern", "eval"), dict(vars(module)))
