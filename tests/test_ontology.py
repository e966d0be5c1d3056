"""The ontology, its schemes and its shapes agree with one another and with the code."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from kg.identifiers import mint_entity
from kg.lexicon import table
from kg.model import OBJECTS, SUBJECTS, EntityType, Level, Predicate, Role
from kg.namespaces import KG, SCHEMES, VOCABULARY
from kg.resources import knowledge_file, knowledge_files, ontology

ONTOLOGY = Graph().parse(knowledge_file("kg.ttl"))
SHAPES = Graph().parse(knowledge_file("shapes.ttl"))
VOCABULARIES = {path.stem: Graph().parse(path) for path in knowledge_files("vocab/*.ttl")}
TERMS = {term for term in ONTOLOGY.subjects() if isinstance(term, URIRef) and term.startswith(KG.iri)}
CONSTRAINTS = {
    *(SH.minCount, SH.maxCount, SH.datatype, SH["class"], SH.pattern, SH["in"], SH["or"], SH.nodeKind),
    *(SH.minInclusive, SH.maxInclusive, SH.minLength, SH.sparql, SH.property, SH.path, SH.select, SH.prefixes),
    *(SH.severity, SH.message, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf),
}


def languages(graph: Graph, subject: URIRef | BNode, property: URIRef) -> Counter[str | None]:
    return Counter(value.language for value in graph.objects(subject, property) if isinstance(value, Literal))


def classes(property: str, end: URIRef) -> set[str]:
    """The local names of the classes at one end of a property, the parts of a union each for itself."""
    found = ONTOLOGY.value(URIRef(KG[property]), end)
    union = ONTOLOGY.value(found, OWL.unionOf) if isinstance(found, BNode) else None
    members = list(Collection(ONTOLOGY, union)) if union is not None else [found]
    return {str(member).removeprefix(KG.iri) for member in members}


@pytest.mark.parametrize("path", sorted(ontology().rglob("*.ttl")), ids=lambda path: path.stem)
def test_every_turtle_file_parses(path: Path) -> None:
    assert len(Graph().parse(path)) > 0


@pytest.mark.parametrize("term", sorted(TERMS), ids=lambda term: term.removeprefix(KG.iri))
def test_every_term_is_named_and_defined(term: URIRef) -> None:
    assert languages(ONTOLOGY, term, RDFS.label) == {"zh": 1, "en": 1}
    assert languages(ONTOLOGY, term, SKOS.definition) == {"en": 1}


def test_the_closed_vocabulary_lists_exactly_the_terms() -> None:
    assert {term.removeprefix(KG.iri) for term in TERMS} == KG.terms


def test_entity_types_are_the_classes_of_entities() -> None:
    entities = {term.removeprefix(KG.iri) for term in ONTOLOGY.subjects(RDFS.subClassOf, URIRef(KG.Entity))}
    assert entities == {*EntityType, "Article", "Indicator"}


@pytest.mark.parametrize("predicate", Predicate)
def test_predicates_join_what_the_model_says(predicate: Predicate) -> None:
    assert (URIRef(KG[predicate]), RDF.type, OWL.ObjectProperty) in ONTOLOGY
    assert classes(predicate, RDFS.domain) == SUBJECTS[predicate]
    assert classes(predicate, RDFS.range) == (OBJECTS[predicate] or {"Article"})


@pytest.mark.parametrize("standard", ["org", "prov", "skos", "dcterms", "eli", "schema", "oa"])
def test_the_ontology_stands_on_the_standards(standard: str) -> None:
    namespace = dict(ONTOLOGY.namespaces())[standard]
    aligned = {
        subject
        for subject, _, object in ONTOLOGY
        if str(object).startswith(namespace) and (subject in TERMS or isinstance(subject, BNode))
    }
    assert aligned


@pytest.mark.parametrize("scheme", sorted(VOCABULARIES))
def test_schemes_are_well_formed(scheme: str) -> None:
    graph, me = VOCABULARIES[scheme], URIRef(VOCABULARY + scheme)
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert (me, RDF.type, SKOS.ConceptScheme) in graph
    assert languages(graph, me, SKOS.prefLabel) == {"zh": 1, "en": 1}
    for concept in concepts:
        wider = set(graph.objects(concept, SKOS.broader))
        assert languages(graph, concept, SKOS.prefLabel) == {"zh": 1, "en": 1}, concept
        assert set(graph.objects(concept, SKOS.inScheme)) == {me}
        assert wider <= concepts, f"{concept} has a wider concept outside its scheme"
        assert bool(wider) != ((concept, SKOS.topConceptOf, me) in graph), concept
        above = {found for start in wider for found in graph.transitive_objects(start, SKOS.broader)}
        assert concept not in above, f"{concept} is above itself"


@pytest.mark.parametrize("scheme", sorted(VOCABULARIES))
def test_every_scheme_and_concept_is_defined_and_told_apart(scheme: str) -> None:
    graph = VOCABULARIES[scheme]
    for term in {URIRef(VOCABULARY + scheme), *graph.subjects(RDF.type, SKOS.Concept)}:
        assert languages(graph, term, SKOS.definition)["en"] == 1, term
    definitions = Counter(graph.objects(None, SKOS.definition))
    assert [definition for definition, times in definitions.items() if times > 1] == []


@pytest.mark.parametrize("scheme", sorted(VOCABULARIES))
def test_preferred_labels_are_unique(scheme: str) -> None:
    labels = Counter(VOCABULARIES[scheme].objects(None, SKOS.prefLabel))
    assert [label for label, times in labels.items() if times > 1] == []


def test_a_name_of_a_group_stands_for_one_group() -> None:
    graph = VOCABULARIES["group"]
    labels = Counter(str(label) for label in graph.objects(None, SKOS.altLabel))
    labels.update(str(label) for label in graph.objects(None, SKOS.prefLabel))
    assert [label for label, times in labels.items() if times > 1] == []


def test_addresses_of_groups_follow_the_policy() -> None:
    for concept, label in VOCABULARIES["group"].subject_objects(SKOS.prefLabel):
        if isinstance(label, Literal) and label.language == "zh" and not str(concept).startswith(VOCABULARY):
            assert str(concept) == mint_entity(EntityType.GROUP, str(label))


def test_a_notation_stands_for_one_unit() -> None:
    notations = Counter(VOCABULARIES["unit"].objects(None, SKOS.notation))
    assert notations.most_common(1)[0][1] == 1


def test_roles_and_levels_are_concepts() -> None:
    roles = set(VOCABULARIES["role"].subjects(RDF.type, SKOS.Concept))
    levels = set(VOCABULARIES["results"].subjects(RDF.type, SKOS.Concept))
    assert roles == {URIRef(f"{VOCABULARY}role/{role}") for role in Role}
    assert levels >= {URIRef(f"{VOCABULARY}results/{level}") for level in Level}


def test_every_leaf_of_the_instruments_has_its_place_in_the_typologies() -> None:
    graph = VOCABULARIES["instrument"]
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        found = {str(match).removeprefix(VOCABULARY).split("/")[0] for match in graph.objects(concept, SKOS.broadMatch)}
        assert found == {SCHEMES["hood"], SCHEMES["rz"]}, concept


@pytest.mark.parametrize("scheme", ["instrument", "form", "genre", "orgtype", "level"])
def test_tables_of_kinds_name_concepts_of_their_scheme(scheme: str) -> None:
    known = {str(concept) for concept in VOCABULARIES[scheme].subjects(RDF.type, SKOS.Concept)}
    rows = [*table(f"kinds_{scheme}"), *(table("kinds_head") if scheme == "level" else ())]
    named = {f"{VOCABULARY}{scheme}/{row['concept']}" for row in rows if row["concept"] != "-"}
    assert named <= known
    words = Counter((row["word"], row.get("known")) for row in table(f"kinds_{scheme}"))
    assert words.most_common(1)[0][1] == 1


def test_leaves_of_the_instruments_are_all_in_use() -> None:
    graph = VOCABULARIES["instrument"]
    leaves = set(graph.subjects(RDF.type, SKOS.Concept)) - set(graph.objects(None, SKOS.broader))
    used = {row["concept"] for row in table("kinds_instrument") if row["class"] != "-"}
    assert {str(leaf).rpartition("/")[2] for leaf in leaves} == used


def test_every_rule_of_inference_is_named_in_its_file_and_its_scheme() -> None:
    graph = VOCABULARIES["rule"]
    for path in knowledge_files("inference/*.rq"):
        zh, en = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").split(" · ")
        concept = URIRef(f"{VOCABULARY}rule/{path.stem}")
        assert set(graph.objects(concept, SKOS.prefLabel)) == {Literal(zh, "zh"), Literal(en, "en")}
        assert languages(graph, concept, SKOS.definition) == {"zh": 1, "en": 1}
    concepts = {str(concept).rpartition("/")[2] for concept in graph.subjects(RDF.type, SKOS.Concept)}
    assert concepts == {path.stem for path in knowledge_files("inference/*.rq")}


def test_shapes_speak_of_known_terms_only() -> None:
    named = {object for object in SHAPES.objects() if str(object).startswith(KG.iri) and isinstance(object, URIRef)}
    assert {str(term).removeprefix(KG.iri) for term in named} <= KG.terms
    schemes = {str(object) for object in SHAPES.objects() if str(object).startswith(VOCABULARY) and "#" not in object}
    known = {str(subject) for graph in VOCABULARIES.values() for subject in graph.subjects()}
    assert {scheme for scheme in schemes if isinstance(scheme, URIRef)} <= known


def test_shapes_explain_themselves_in_two_languages() -> None:
    explained = {*SHAPES.subjects(SH.path), *SHAPES.subjects(SH.select)}
    assert explained
    for constraint in explained:
        assert isinstance(constraint, BNode)
        assert languages(SHAPES, constraint, SH.message) == {"zh": 1, "en": 1}


def test_shapes_keep_to_what_the_fast_validator_compiles() -> None:
    used = {property for property in SHAPES.predicates() if str(property).startswith(str(SH))}
    assert used - {SH.declare, SH.prefix, SH.namespace} <= CONSTRAINTS
    paths = set(SHAPES.objects(None, SH.path))
    assert all(isinstance(path, URIRef) for path in paths)
