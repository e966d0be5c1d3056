"""Knowledge graphs of Chinese policy texts, with the sentence behind every fact.

`build` makes a graph of articles, `add`, `update` and `remove` change it, `open_store` opens it, `ask`, `search`,
`query`, `explain` and `validate` put questions to it, `to_networkx` and `Store.to_rdflib` give the same data to other
libraries. `read` and `read_all` take the facts out of the article, or the articles, of a file without a graph, `gaps`
tells what they leave out, `evaluate` compares facts with gold facts. Every error that a user can mend is a `KgError`.
`docs/python.md` shows each in use.

A name is loaded when it is first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .collection import add, remove, update
    from .errors import KgError
    from .evaluation import evaluate
    from .explanation import explain
    from .finding import search
    from .networks import to_networkx
    from .omissions import gaps
    from .pipeline import build, read, read_all
    from .replies import ask
    from .sparql import query
    from .store import open_store
    from .validation import validate

__version__ = "0.1.0"
__all__ = [
    "KgError",
    "add",
    "ask",
    "build",
    "evaluate",
    "explain",
    "gaps",
    "open_store",
    "query",
    "read",
    "read_all",
    "remove",
    "search",
    "to_networkx",
    "update",
    "validate",
]

_HOMES = {
    "KgError": "errors",
    "add": "collection",
    "ask": "replies",
    "build": "pipeline",
    "evaluate": "evaluation",
    "explain": "explanation",
    "gaps": "omissions",
    "open_store": "store",
    "query": "sparql",
    "read": "pipeline",
    "read_all": "pipeline",
    "remove": "collection",
    "search": "finding",
    "to_networkx": "networks",
    "update": "collection",
    "validate": "validation",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
