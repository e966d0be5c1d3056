"""Claims, inferences and figures come with the quotes they stand on, in the order of the texts."""

from __future__ import annotations

from decimal import Decimal

from kg.evidence import Claim, Grounds, Inference, Quote, claims, figures, inferences, number
from kg.names import lookup
from kg.store import Store
from kg.tables import Iri

KG = "https://w3id.org/policykg/ns#"
A, B, C, P = Iri("urn:a"), Iri("urn:b"), Iri("urn:c"), Iri("urn:p")


def claim(name: str, subject: Iri, object: Iri) -> Claim:
    quote = Quote(quote=name, article="urn:x", title="题", start=0, end=1, landmark=None, rule="r", confidence=1.0)
    return Claim(Iri(name), subject, P, object, quote)


def inference(name: str, subject: Iri, object: Iri, *premises: str) -> Inference:
    return Inference(Iri(name), subject, P, object, Iri("urn:rule"), tuple(map(Iri, premises)))


def test_every_claim_has_its_quote_in_the_order_of_the_text(gold_store: Store) -> None:
    found = claims(gold_store)
    assert len(found) == len(gold_store.select("SELECT ?c { ?c a kg:Claim }"))
    places = [(c.quote["article"], c.quote["start"], c.quote["end"]) for c in found]
    assert places == sorted(places)
    for one in found:
        text = gold_store.article(one.quote["article"]).text
        assert text[one.quote["start"] : one.quote["end"]] == one.quote["quote"]


def test_what_is_bound_narrows(gold_store: Store) -> None:
    county = lookup(gold_store, "定远县", types=["Place"]).iri
    named = claims(gold_store, {"subject": county})
    assert {c.subject for c in named} == {county}
    assert claims(gold_store, {"fact": named[0].iri}) == named[:1]
    assert claims(gold_store, {"subject": Iri("urn:none")}) == ()


def test_figures_of_a_place_are_only_those_of_the_place(gold_store: Store) -> None:
    county = lookup(gold_store, "定远县", types=["Place"]).iri
    there, everywhere = figures(gold_store, {"place": county}), figures(gold_store)
    assert there == tuple(seen for seen in everywhere if seen.place == county)
    assert 0 < len(there) < len(everywhere) == len(gold_store.select("SELECT ?o { ?o a kg:Observation }"))
    pay = next(seen.figure for seen in there if seen.figure["value"] == 2215)
    assert (pay["indicator"], pay["unit"], pay["role"], pay["place"]) == ("正职干部月报酬", "元", "after", "定远县")


def test_inferences_keep_their_premises(gold_store: Store) -> None:
    found = inferences(gold_store)
    assert found
    assert all(one.premises for one in found)
    known = {one.iri for one in (*found, *claims(gold_store))}
    assert {premise for one in found for premise in one.premises} <= known


def test_grounds_lead_down_to_claims_and_not_in_a_circle() -> None:
    stated = [claim("c1", A, B), claim("c2", B, C)]
    derived = [inference("i1", A, C, "c1", "i2"), inference("i2", B, A, "c2", "i1")]
    grounds = Grounds(stated, derived)
    assert [c.iri for c in grounds.claims((A, P, C))] == ["c1", "c2"]
    assert grounds.claims((A, P, B)) == (stated[0],)
    assert (grounds.states((A, P, B)), grounds.states((A, P, C))) == (True, False)
    assert grounds.claims((C, P, C)) == ()


def test_numbers_are_whole_where_they_can_be() -> None:

    assert [number(Decimal(value)) for value in ("3.0", "5.85")] == [3, 5.85]
