"""What only the texts can tell: quotes stand where they say they do, and figures can be read from their quotes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from hashlib import sha256

from ..errors import StoreError
from ..evidence import claims, figures
from ..extract.figures.quantities import find_quantities
from ..lexicon import table
from ..model import Article
from ..namespaces import KG
from ..store import Store
from ..tables import Iri, Value
from ..text import widen
from .findings import VIOLATION, Finding


def check_texts(store: Store) -> Iterator[Finding]:
    """Quotes that are no slice of their article, values that their quote does not say, articles that changed."""
    texts = _texts(store)
    seen = figures(store)
    quotes = [(fact.iri, fact.quote) for fact in claims(store)] + [(fact.iri, fact.quote) for fact in seen]
    for fact, said in quotes:
        text = texts.get(said["article"])
        if text is not None and text[said["start"] : said["end"]] != said["quote"]:
            yield _finding("quote", fact, KG.quote, said["quote"], start=said["start"], end=said["end"])
    for observed in seen:
        if not readable(Decimal(str(observed.figure["value"])), observed.quote["quote"]):
            yield _finding("value", observed.iri, KG.value, observed.figure["value"], quote=observed.quote["quote"])
    if not store.has_texts:
        return
    for node, hash in store.select("SELECT ?article ?hash { ?article a kg:Article ; kg:textHash ?hash }").rows:
        text = texts.get(str(node))
        if text is None or sha256(text.encode()).hexdigest() != hash:
            yield _finding("text", Iri(str(node)), KG.textHash, hash)


def readable(value: Decimal, quote: str) -> bool:
    """Whether the quote says the value, in digits or characters, as a share or with 万 and 亿.

    >>> readable(Decimal(802000), "贫困人口80.2万人"), readable(Decimal(30), "减少近三成"), readable(Decimal(3), "两名")
    (True, True, False)
    """
    return any(quantity.value == value for quantity in find_quantities(widen(quote)))


def _texts(store: Store) -> dict[str, str]:
    found: dict[str, str] = {}
    if not store.has_texts:
        return found
    for node in store.select("SELECT ?article { ?article a kg:Article }").column("article"):
        article = _article(store, str(node))
        if article is not None:
            found[str(node)] = article.text
    return found


def _article(store: Store, node: str) -> Article | None:
    try:
        return store.article(node)
    except StoreError:
        return None


def _finding(kind: str, focus: Iri, path: str, value: Value, **details: Value) -> Finding:
    return Finding(VIOLATION, "Text", kind, focus, _messages()[kind], path, value, details)


@cache
def _messages() -> dict[str, dict[str, str]]:
    return {row["word"]: {lang: row[lang] for lang in ("zh", "en")} for row in table("findings")}
