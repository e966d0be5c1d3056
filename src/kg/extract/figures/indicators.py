"""What the figures of a page count or measure, each as a noun phrase built from the words around it."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Span
from ..page import Page
from .builders import build
from .leading import word_for
from .sifting import Figure
from .spreads import Spread, find_spreads
from .views import Indicator, Near, View, named, view


def build_indicators(
    page: Page, wide: str, figures: Sequence[Figure], near: Sequence[Near] = ()
) -> tuple[Indicator, ...]:
    """The indicator of every figure, in their order.

    `wide` is the widened text with times blanked out; `near` holds the names around each figure.
    """
    built: list[Indicator] = []
    spreads = find_spreads(page, wide, figures)
    for index, figure in enumerate(figures):
        if built and figures[index - 1].quantity.left == figure.quantity.left:
            built.append(built[-1])
            continue
        seen = view(page, wide, figures, index, built, near[index] if index < len(near) else Near())
        built.append(_from_spread(seen, spreads[index], built) if index in spreads else build(seen))
    return tuple(built)


def _from_spread(seen: View, spread: Spread, built: Sequence[Indicator]) -> Indicator:
    """The item of a list that this figure belongs to."""
    shown = (Span(min(spread.start, seen.figure.quantity.left), seen.figure.quantity.left),)
    if spread.same_as is not None:
        other = built[spread.same_as]
        if spread.name:
            name, word = other.base + spread.name, word_for(seen, spread.name)
            return named(seen, name, "indicator-spread", topic=other.topic, spans=shown, word=word)
        return named(seen, other.name, "indicator-same", topic=other.topic, spans=shown)
    return named(seen, spread.name, "indicator-spread", spans=shown, word=word_for(seen, spread.name))
