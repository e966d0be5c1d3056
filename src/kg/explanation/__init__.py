"""Why something stands in the graph: the claims, rules and quotes behind a fact, down to the sentences.

`explain` gives a tree of plain values, `render` tells it in Chinese or English.
"""

from .asking import Explanation, explain
from .reasons import Reason, Step
from .telling import render

__all__ = ["Explanation", "Reason", "Step", "explain", "render"]
