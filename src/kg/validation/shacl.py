"""Reading a shapes file: its nodes, lists, paths, and the prefixes of its queries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ..errors import KnowledgeError
from ..namespaces import RDF
from ..resources import knowledge_name, knowledge_triples

SH: Final = "http://www.w3.org/ns/shacl#"
Node = ox.NamedNode | ox.BlankNode
Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_NIL: Final = RDF.iri + "nil"
_OPERATORS: Final = {
    "inversePath": "^({})",
    "zeroOrMorePath": "({})*",
    "oneOrMorePath": "({})+",
    "zeroOrOnePath": "({})?",
}


class Shapes:
    """A shapes graph in memory."""

    def __init__(self, path: Path):
        self.file = knowledge_name(path)
        self._graph = ox.Store()
        self._graph.extend(knowledge_triples(path))

    def node_shapes(self) -> Iterator[Node]:
        """The node shapes, sorted by name."""
        found = self._graph.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(SH + "NodeShape"))
        yield from sorted((quad.subject for quad in found if not isinstance(quad.subject, ox.Triple)), key=str)

    def terms(self, node: Node) -> dict[str, list[Object]]:
        """What the node says, by the local name of the property; objects sorted."""
        said: dict[str, list[Object]] = {}
        for quad in self._graph.quads_for_pattern(node, None, None):
            said.setdefault(local(quad.predicate.value), []).append(quad.object)
        return {name: sorted(said[name], key=str) for name in sorted(said)}

    def nodes(self, node: Node, name: str) -> list[Node]:
        """The nodes that a property of the node leads to."""
        return [term for term in self.terms(node).get(name, ()) if isinstance(term, Node)]

    def text(self, node: Node, name: str) -> str:
        """The one text that a property of the node gives."""
        for term in self.terms(node).get(name, ()):
            if isinstance(term, ox.Literal | ox.NamedNode):
                return term.value
        raise self.error(f"sh:{name} is missing", node)

    def messages(self, node: Node) -> dict[str, str]:
        """The sh:message of the node by language."""
        found = self.terms(node).get("message", ())
        return {term.language or "": term.value for term in found if isinstance(term, ox.Literal)}

    def members(self, head: Object) -> list[Object]:
        """The members of an RDF list."""
        found = []
        while isinstance(head, Node) and str(head) != f"<{_NIL}>":
            said = self.terms(head)
            found += said["first"]
            (head,) = said["rest"]
        return found

    def path(self, property: Node) -> str:
        """The sh:path of a property shape as SPARQL writes it."""
        return self._path(self.terms(property)["path"][0])

    def prefixes(self, constraint: Node) -> str:
        """The PREFIX lines that a SPARQL constraint may rely on."""
        declared = [d for source in self.nodes(constraint, "prefixes") for d in self.nodes(source, "declare")]
        return " ".join(sorted(f"PREFIX {self.text(d, 'prefix')}: <{self.text(d, 'namespace')}>" for d in declared))

    def error(self, problem: str, node: Node) -> KnowledgeError:
        return KnowledgeError(problem, path=self.file, entry=str(node))

    def _path(self, term: Object) -> str:
        if isinstance(term, ox.NamedNode):
            return str(term)
        said = self.terms(term) if isinstance(term, Node) else {}
        if "first" in said:
            return "/".join(self._path(step) for step in self.members(term))
        if "alternativePath" in said:
            return "(" + "|".join(self._path(way) for way in self.members(said["alternativePath"][0])) + ")"
        for name, written in _OPERATORS.items():
            if name in said:
                return written.format(self._path(said[name][0]))
        raise KnowledgeError("no path that is understood", path=self.file, entry=str(term))


def local(iri: str) -> str:
    """The local name of an IRI."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
