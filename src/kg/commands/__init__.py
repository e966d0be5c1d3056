"""The command line: each command parses, calls one function of the package, prints. No logic lives here.

Results go to standard output, notes to standard error. A KgError becomes one message and its own exit status.
Heavy libraries are imported by the functions that the commands call, so `kg --help` starts at once.
"""

from .asking import ask, explain, query, search
from .building import build
from .checking import stats, validate
from .group import main
from .growing import add, listing, remove, update
from .reading import evaluate, extract, gaps
from .showing import export, view

__all__ = ["main"]

_GROWING = (build, add, remove, update, listing)
_ASKING = (extract, ask, query, search, view, export)
_CHECKING = (validate, stats, explain, gaps, evaluate)
for _command in (*_GROWING, *_ASKING, *_CHECKING):
    main.add_command(_command)
