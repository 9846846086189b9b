"""Formulas as one readable line: MathML and TeX reduced to the text that a person would type."""

from __future__ import annotations

import re

from lxml import etree

from counterproof.extract.repair import subscript, superscript

_TEX_PREAMBLE = re.compile(r"\\(?:documentclass|usepackage|setlength)\S*")
_TEX_SYMBOLS = {
    "pm": "±", "mp": "∓", "times": "×", "cdot": "·", "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥",
    "lt": "<", "gt": ">", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "~", "simeq": "≈", "infty": "∞", "sum": "∑", "sqrt": "√",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ", "epsilon": "ε", "varepsilon": "ε", "eta": "η", "theta": "θ",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "upmu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Omega": "Ω", "Sigma": "Σ", "degree": "°", "circ": "°", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "uparrow": "↑", "downarrow": "↓", "prime": "′", "div": "÷", "ldots": "…", "dots": "…", "log": "log", "ln": "ln",
    "exp": "exp", "min": "min", "max": "max", "quad": " ", "qquad": " ", "left": "", "right": "", "hbox": "", "text": "", "mathrm": "",
    "dag": "†", "dagger": "†", "ddagger": "‡", "ast": "*", "minus": "−", "bullet": "•", "beginarray": "", "bar": "", "overline": "",
}  # fmt: skip
_OPERATORS = frozenset("=<>≤≥≈≠~±∓×÷→←")
_TEX_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_TEX_RAISED = re.compile(r"\^\s*(?:\{([^{}]*)\}|(\w|\\\w+))")
_TEX_LOWERED = re.compile(r"_\s*(?:\{([^{}]*)\}|(\w|\\\w+))")
_TEX_STYLE = re.compile(r"\\(?:text|math|hbox|mbox|operatorname|rm|bf|it)\w*\s*\{([^{}]*)\}")
_TEX_COMMAND = re.compile(r"\\([A-Za-z]+)\s?")


def tex_text(source: str) -> str:
    """A TeX formula as text: its body only, without preamble; commands that are unknown leave their names out."""
    _, begun, body = source.partition(r"\begin{document}")
    text = (body.partition(r"\end{document}")[0] if begun else _TEX_PREAMBLE.sub("", source)).replace("$", "")
    text = re.sub(r"\\(?:begin|end)\{[^{}]*\}(?:\{[lcr|]*\})?", "", text).replace("&", " ").replace("\\\\", " ")
    text = re.sub(r"\\[,;:!> ]|~", " ", text).replace("\\%", "%").replace("\\_", "_")
    for _ in range(8):
        before = text
        text = _TEX_STYLE.sub(r"\1", text)
        text = _TEX_RAISED.sub(lambda m: raised(_symbols(m[1] or m[2] or "")), text)
        text = _TEX_LOWERED.sub(lambda m: subscript(_symbols(m[1] or m[2] or "")), text)
        text = _TEX_FRACTION.sub(lambda m: f"{_bracketed(m[1])}/{_bracketed(m[2])}", text)
        if text == before:
            break
    return " ".join(_symbols(text).replace("{", "").replace("}", "").replace("\\", "").split())


def math_text(element: etree._Element) -> str:
    """A MathML element as text: fractions as ``a/b``, powers raised, indices lowered, everything else in its order."""
    return " ".join(_math(element).split())


def raised(text: str) -> str:
    """An exponent: raised digits, else behind a caret."""
    text = text.strip()
    high = superscript(text)
    return high if high != text or not text else f"^{text}" if len(text) == 1 else f"^({text})"


def _symbols(text: str) -> str:
    return _TEX_COMMAND.sub(_symbol, text)


def _symbol(command: re.Match[str]) -> str:
    symbol = _TEX_SYMBOLS.get(command[1], " ")
    return f" {symbol} " if symbol in _OPERATORS else symbol


def _bracketed(text: str) -> str:
    text = text.strip()
    return f"({text})" if re.search(r"[\s+\-−±=]", text) else text


def _math(element: etree._Element) -> str:
    tag = element.tag
    name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
    if name in ("", "annotation", "annotation-xml", "mphantom"):
        return ""
    parts = [_math(child) for child in element]
    if name == "mfrac" and len(parts) == 2:
        return f"{_bracketed(parts[0])}/{_bracketed(parts[1])}"
    if name in ("msup", "mover") and len(parts) == 2:
        return parts[0] + (raised(parts[1]) if name == "msup" else "")
    if name in ("msub", "munder") and len(parts) == 2:
        return parts[0] + subscript(parts[1].strip())
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return parts[0] + subscript(parts[1].strip()) + raised(parts[2])
    if name == "msqrt":
        return f"√({''.join(parts).strip()})"
    if name == "mspace":
        return " "
    if name == "mo" and not len(element):
        operator = (element.text or "").strip()
        return f" {operator} " if operator in _OPERATORS else operator
    if name in ("mtr", "mtd"):
        return " " + "".join(parts) + " "
    return (element.text or "") + "".join(parts)
