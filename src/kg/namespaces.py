"""The closed vocabulary: every term that the package writes, and the prefixes under which people read them.

Terms are plain strings. A misspelt one raises at once, so no typo reaches a graph: `KG.isues` is an error.
The vocabulary's own addresses never change; only data moves when another base is chosen.
"""

from __future__ import annotations

import re
from typing import Final

from .errors import InputError

DEFAULT_BASE: Final = "https://w3id.org/policykg/"
"""Where data stands unless the user says otherwise; the vocabulary stands here always."""

_BASE: Final = re.compile(
    r"""(?:https?://|urn:[A-Za-z0-9-]+:)[^\s\x00-\x1f<>"{}|\\^`/#][^\s\x00-\x1f<>"{}|\\^`#]*[/#]"""
)


class Namespace:
    """A namespace with a closed list of terms, read as attributes or, where Python forbids the name, by item.

    >>> KG.issues
    'https://w3id.org/policykg/ns#issues'
    >>> KG["from"]
    'https://w3id.org/policykg/ns#from'
    >>> KG.isues
    Traceback (most recent call last):
    AttributeError: https://w3id.org/policykg/ns# has no term 'isues'
    """

    def __init__(self, iri: str, terms: str):
        self.iri = iri
        self.terms = frozenset(terms.split())

    def __getattr__(self, term: str) -> str:
        if term not in self.terms:
            raise AttributeError(f"{self.iri} has no term {term!r}")
        return self.iri + term

    def __getitem__(self, term: str) -> str:
        return self.__getattr__(term)


KG: Final = Namespace(
    DEFAULT_BASE + "ns#",
    """
    Entity PolicyDocument Organisation Place Person Group Mechanism Outcome Article Indicator
    Fact Claim Observation Inference ExtractionRun Extractor
    issues implements establishes operates targets appliesIn partOf locatedIn memberOf achieves reports affects within
    instrumentType form genre orgType adminLevel generic post
    quote start end landmark article confidence foundBy reviewStatus reviewer rule via textHash
    number dated inForceFrom inForceUntil validFor repeals addressedTo copiedTo interpretedBy attachment succeededBy
    indicator value unit time from to place role of level subtotalOf
    GBT2260
    """,
)
RDF: Final = Namespace(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type Statement subject predicate object langString"
)
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#", "label comment subClassOf subPropertyOf")
XSD: Final = Namespace(
    "http://www.w3.org/2001/XMLSchema#", "string boolean integer decimal date gYear gYearMonth dateTime duration"
)
SKOS: Final = Namespace(
    "http://www.w3.org/2004/02/skos/core#",
    "Concept ConceptScheme prefLabel altLabel definition notation broader narrower inScheme topConceptOf",
)
DCTERMS: Final = Namespace(
    "http://purl.org/dc/terms/", "title source identifier issued spatial publisher creator type isPartOf"
)
DC: Final = Namespace("http://purl.org/dc/elements/1.1/", "creator publisher")
PROV: Final = Namespace(
    "http://www.w3.org/ns/prov#", "wasAttributedTo wasGeneratedBy wasDerivedFrom wasAssociatedWith used"
)
SCHEMA: Final = Namespace("https://schema.org/", "mentions")
EDTF: Final = Namespace("http://id.loc.gov/datatypes/edtf/", "EDTF")

VOCABULARY: Final = DEFAULT_BASE + "vocab/"
"""Where the concept schemes stand, whatever the base of the data."""

SCHEMES: Final = {
    "inst": "instrument",
    "form": "form",
    "genre": "genre",
    "orgt": "orgtype",
    "level": "level",
    "res": "results",
    "role": "role",
    "rev": "review",
    "unit": "unit",
    "rule": "rule",
    "hood": "hood",
    "rz": "rothwell-zegveld",
}
"""The prefix of each concept scheme and its folder below VOCABULARY. The groups are not here: they are data."""

KINDS: Final = {
    "doc": "doc",
    "body": "org",
    "place": "place",
    "person": "person",
    "group": "group",
    "mech": "mech",
    "outcome": "outcome",
    "indicator": "indicator",
    "article": "article",
    "claim": "claim",
    "obs": "obs",
    "inference": "inference",
    "run": "run",
    "extractor": "extractor",
}
"""The prefix of each kind of data and its folder below the base; `body`, since `org` is the W3C's ontology."""

STANDARDS: Final = {
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": XSD.iri,
    "skos": SKOS.iri,
    "dc": DC.iri,
    "dcterms": DCTERMS.iri,
    "prov": PROV.iri,
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": SCHEMA.iri,
    "eli": "http://data.europa.eu/eli/ontology#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "qb": "http://purl.org/linked-data/cube#",
    "time": "http://www.w3.org/2006/time#",
    "edtf": EDTF.iri,
    "sh": "http://www.w3.org/ns/shacl#",
}
"""The prefixes of the standard vocabularies."""


def check_base(base: str) -> None:
    """Raise InputError for what can be no base: relative, of another scheme, with blanks, or not ending in / or #.

    >>> check_base("https://example.org/policy/")
    """
    if not _BASE.fullmatch(base):
        hint = "Give an IRI with http, https or urn that ends in / or #, such as https://example.org/policy/."
        raise InputError(f"{base!r} cannot be the base of the data.", hint=hint)


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """Every prefix that a query may use undeclared and that exports declare, for data under `base`.

    >>> prefixes("https://example.org/")["mech"]
    'https://example.org/mech/'
    """
    vocabulary = {"kg": KG.iri, "ks": DEFAULT_BASE + "shapes#"}
    schemes = {prefix: f"{VOCABULARY}{folder}/" for prefix, folder in SCHEMES.items()}
    data = {prefix: f"{base}{folder}/" for prefix, folder in KINDS.items()}
    return vocabulary | STANDARDS | schemes | data
