"""Spans defend themselves; an alignment leads back to the raw file."""

from __future__ import annotations

import pytest

from kg.model import OBJECTS, SUBJECTS, Alignment, Predicate, Span


def test_a_span_cuts_its_run() -> None:
    span = Span(1, 3)
    assert (span.of("定远县委"), len(span), 2 in span, 3 in span) == ("远县", 2, True, False)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_refuses_to_run_backwards(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="cannot run"):
        Span(start, end)


def test_an_alignment_maps_every_run() -> None:
    glosses = Alignment(clean=(0, 1, 3), raw=(0, 7, 15))
    assert [glosses.to_raw(i) for i in range(5)] == [0, 7, 8, 15, 16]
    assert Alignment().to_raw(12) == 12


def test_every_predicate_has_ends() -> None:
    assert set(SUBJECTS) == set(OBJECTS) == set(Predicate)
    assert [p for p in Predicate if not OBJECTS[p]] == [Predicate.REPORTS]
