"""The graph on disk: an Oxigraph store with the articles that its quotes are cut from.

    STORE/store.json      format version, base, counts
    STORE/oxigraph/       all triples, in the default graph
    STORE/articles/*.json the clean texts

Readers open it read-only; a build writes a new folder beside it and swaps it in at the end.
"""

from .reader import Store, open_store
from .writer import Draft, create_store

__all__ = ["Draft", "Store", "create_store", "open_store"]
