"""Is the graph what it should be? The shapes of `ontology/shapes.ttl`, and what only the texts can tell.

`shapes` turns SHACL into queries, `texts` compares quotes and figures with the articles. Findings come in a fixed
order, each with its words in Chinese and English.
"""

from ..store import Store
from .findings import Finding
from .shapes import check_shapes
from .texts import check_texts, readable

__all__ = ["Finding", "readable", "validate"]


def validate(store: Store) -> list[Finding]:
    """Everything that is wrong or doubtful in a store: violations first, then warnings, by shape and node.

    Where the store has no texts, quotes are not compared with them, nor texts with their hashes.
    """
    near = store.near()
    return sorted((*check_shapes(near), *check_texts(near)), key=Finding.place)
