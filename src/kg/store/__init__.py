"""The graph on disk: an Oxigraph store with the articles that its quotes are cut from.

    STORE/store.json           format version, base, and which generation of the graph counts
    STORE/oxigraph-000007/     all triples of a generation, in the default graph
    STORE/articles/ab/*.json   the clean texts
    STORE/changes.log          which articles each generation changed
    STORE/search.db            the index of `kg search`, once something has been searched

Every place may be the address of a SPARQL server as well.
Readers open a generation read-only; a writer makes the next one beside it and writes the card anew at the end.
"""

from .layout import is_address, is_store
from .lock import check_free
from .reader import FolderStore, Store, open_store
from .writer import Draft, FolderDraft, change_store, create_store

__all__ = [
    "Draft",
    "FolderDraft",
    "FolderStore",
    "Store",
    "change_store",
    "check_free",
    "create_store",
    "is_address",
    "is_store",
    "open_store",
]
