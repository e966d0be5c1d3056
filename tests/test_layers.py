"""The floors of the house: a module imports only from lower floors, and heavy libraries only where they are used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "kg"

FLOORS = {
    "errors": 0,
    "model": 1,
    "resources": 1,
    "files": 1,
    "text": 2,
    "edtf": 2,
    "namespaces": 2,
    "tables": 2,
    "plans": 2,
    "lexicon": 3,
    "identifiers": 3,
    "facts": 3,
    "rules": 4,
    "wording": 4,
    "sections": 5,
    "anchors": 5,
    "places": 5,
    "reading": 6,
    "extract": 7,
    "llm": 8,
    "kinds": 8,
    "graph": 9,
    "store": 10,
    "inference": 11,
    "holdings": 12,
    "sparql": 11,
    "names": 11,
    "finding": 12,
    "evidence": 11,
    "questions": 12,
    "validation": 12,
    "networks": 12,
    "stats": 12,
    "explanation": 12,
    "omissions": 13,
    "exports": 13,
    "view": 13,
    "matching": 13,
    "pipeline": 14,
    "intake": 15,
    "ready": 15,
    "crew": 16,
    "register": 11,
    "worklist": 16,
    "collection": 17,
    "changes": 18,
    "progress": 18,
    "failures": 16,
    "spark": 18,
    "options": 16,
    "replies": 14,
    "reports": 14,
    "evaluation": 15,
    "summary": 15,
    "drawing": 15,
    "commands": 19,
    "__init__": 20,
}
HEAVY = {
    "openai",
    "rdflib",
    "networkx",
    "pyvis",
    "numpy",
    "opencc",
    "pypinyin",
    "sqlite3",
    "jinja2",
    "yaml",
    "pyarrow",
    "pyspark",
    "pandas",
    "pyoxigraph",
    "ahocorasick_rs",
    "pyshacl",
}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def floor_name(path: Path) -> str:
    """The name that stands in FLOORS: the module, or the package directly below `kg`."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[0]


def imported(path: Path) -> set[str]:
    """The names directly below `kg` that a module imports, also inside functions."""
    here = ("kg", *path.relative_to(SOURCE).with_suffix("").parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = here[: -node.level]
            full = (*base, *(node.module.split(".") if node.module else ()))
            found |= {full[1]} if len(full) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "kg":
            found |= set((node.module or "").split(".")[1:2]) or {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("kg.")}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_only_from_lower_floors(path: Path) -> None:
    here = floor_name(path)
    assert here in FLOORS, f"{path.name} has no floor; add it to FLOORS"
    above = {name for name in imported(path) - {here} if name in FLOORS and FLOORS[name] >= FLOORS[here]}
    assert not above, f"{here} (floor {FLOORS[here]}) imports from {above}"


def test_every_floor_has_a_module() -> None:
    assert FLOORS.keys() == {floor_name(path) for path in modules()}


def test_extraction_never_sees_rdf() -> None:
    for path in (SOURCE / "extract").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "rdflib" not in text
        assert "pyoxigraph" not in text


def test_importing_the_package_and_the_command_line_loads_nothing_heavy() -> None:
    script = "import sys, kg, kg.commands; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())
