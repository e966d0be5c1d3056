"""The formats of network tools, GraphML (yEd, Cytoscape) and GEXF (Gephi): attributes flattened to texts."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from ..networks import to_networkx
from ..store import Store

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATE: Final = re.compile(rb' lastmodifieddate="[^"]*"')


def graphml(store: Store, out: BinaryIO) -> None:
    """The network as GraphML."""
    from networkx.readwrite.graphml import write_graphml_xml

    write_graphml_xml(_flat(store), out, named_key_ids=True)


def gexf(store: Store, out: BinaryIO) -> None:
    """The network as GEXF, without the date that networkx would write."""
    from networkx import write_gexf

    made = io.BytesIO()
    write_gexf(_flat(store), made)
    out.write(_DATE.sub(b"", made.getvalue(), count=1))


def _flat(store: Store) -> MultiDiGraph:
    """The same network with texts for attributes; edges are numbered, since GEXF wants an id for each."""
    network = to_networkx(store)
    flat = network.__class__()
    for node, attributes in network.nodes(data=True):
        flat.add_node(node, **_texts(attributes))
    for number, (subject, object, attributes) in enumerate(network.edges(data=True)):
        flat.add_edge(subject, object, key=str(number), label=attributes["predicate"], **_texts(attributes))
    return flat


def _texts(attributes: Mapping[str, Any]) -> dict[str, str]:
    return {name: _NO_XML.sub("", _text(value)) for name, value in attributes.items()}


def _text(value: Any) -> str:
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return str(value).lower()
        case [str(), *_]:
            return " | ".join(value)
        case []:
            return ""
        case _:
            return json.dumps(value, ensure_ascii=False)
