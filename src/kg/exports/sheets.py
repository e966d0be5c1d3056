"""The graph as tables: what one opens in a spreadsheet or reads into a data frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..files import replacing
from ..networks import to_networkx
from ..store import Store
from ..tables import Rows, to_csv

_TEXTS: Final = "kg:quote ?quote ; kg:start ?start ; kg:end ?end ; kg:article ?article ; kg:confidence ?confidence"
_QUERIES: Final[Mapping[str, str]] = {
    "articles": """SELECT ?article ?title ?issued ?place ?file WHERE {
        ?article a kg:Article ; dcterms:title ?title ; dcterms:identifier ?file .
        OPTIONAL { ?article dcterms:issued ?issued } OPTIONAL { ?article dcterms:spatial ?place }
        } ORDER BY ?article""",
    "claims": f"""SELECT ?claim ?subject ?predicate ?object
        ?quote ?start ?end ?landmark ?article ?rule ?confidence WHERE {{
        ?claim a kg:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; {_TEXTS} .
        OPTIONAL {{ ?claim kg:landmark ?landmark }} OPTIONAL {{ ?claim kg:foundBy ?rule }}
        }} ORDER BY ?article ?start ?end ?claim""",
    "observations": f"""SELECT ?observation ?indicator ?value ?unit ?time ?place ?role ?level ?of
        ?quote ?start ?end ?landmark ?article ?rule ?confidence WHERE {{
        ?observation kg:indicator/rdfs:label ?indicator ; kg:value ?value ; kg:unit ?unit ;
            kg:role/rdfs:label ?role ; kg:level/rdfs:label ?level ; {_TEXTS} .
        FILTER(LANG(?role) = "zh" && LANG(?level) = "zh")
        OPTIONAL {{ ?observation kg:time ?time }} OPTIONAL {{ ?observation kg:place/rdfs:label ?place }}
        OPTIONAL {{ ?observation kg:landmark ?landmark }}
        OPTIONAL {{ ?observation kg:of ?of }} OPTIONAL {{ ?observation kg:foundBy ?rule }}
        }} ORDER BY ?article ?start ?end ?value ?observation""",
    "inferences": """SELECT ?inference ?subject ?predicate ?object ?rule ?premise WHERE {
        ?inference a kg:Inference ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
            kg:rule ?rule . OPTIONAL { ?inference prov:wasDerivedFrom ?premise }
        } ORDER BY ?subject ?predicate ?object ?rule ?inference ?premise""",
}


def sheets(store: Store) -> Iterator[tuple[str, bytes]]:
    """Name and content of each table, as UTF-8 with the mark by which spreadsheets know it."""
    network = to_networkx(store)
    tables = {"entities": _entities(network), "relations": _relations(network)}
    tables |= {name: store.select(query) for name, query in _QUERIES.items()}
    for name, rows in sorted(tables.items()):
        yield f"{name}.csv", to_csv(rows).encode("utf-8-sig")


def folder_of_sheets(store: Store, folder: Path) -> None:
    """All tables as files of one folder, each replaced only when it is written."""
    for name, content in sheets(store):
        with replacing(folder / name) as out:
            out.write(content)


def zipped(store: Store, out: BinaryIO) -> None:
    """All tables in one zip file, without the time at which it was made."""
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in sheets(store):
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)


def _entities(network: Any) -> Rows:
    columns = ("entity", "type", "label", "also", "post", "kinds", "articles")
    rows = []
    for node, about in network.nodes(data=True):
        kinds = "；".join(kind["zh"] for kind in about["kinds"])
        also = "；".join(about["also"])
        rows.append((node, about["type"], about["label"], also, about["post"], kinds, len(about["articles"])))
    return Rows(columns, tuple(rows))


def _relations(network: Any) -> Rows:
    columns = ("subject", "subject_label", "predicate", "object", "object_label", "derived", "quotes")
    labels = dict(network.nodes(data="label"))
    rows = (
        (s, labels[s], about["predicate"], o, labels[o], about["derived"], len(about["quotes"]))
        for s, o, about in network.edges(data=True)
    )
    return Rows(columns, tuple(rows))
