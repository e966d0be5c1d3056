"""The graph as one page that a person opens, offline, in any browser.

`select` cuts out the part to be seen, `render` makes the page. Both take the graph of `networks.to_networkx`.
"""

from .page import render
from .selection import select

__all__ = ["render", "select"]
