"""From facts to RDF: the only door. `to_ntriples` turns a reading into lines, `vocabulary_ntriples` the ontology.

Read `triples` first: it says what each fact becomes. `source` says where facts come from, `things` what is said of a
named thing, `naming` which node a name stands for, `subtotals` which figure is a part of which, `terms` how a term
is spelt, `vocabulary` what of the ontology is loaded.
"""

from .triples import to_ntriples
from .vocabulary import vocabulary_ntriples

__all__ = ["to_ntriples", "vocabulary_ntriples"]
