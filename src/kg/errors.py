"""The errors that `kg` raises on purpose: one root, few kinds, facts as attributes.

Every message says what is wrong, where, and how to mend it. `exit_status` is what the command line
returns; each kind has its own, so that scripts can tell them apart. This module imports nothing.
"""

from __future__ import annotations


class KgError(Exception):
    """Root of every error that a user can mend."""

    exit_status = 1


class InputError(KgError):
    """An article, a facts file, a sidecar or another thing that was given, such as a base, cannot be used.

    `place` is where in the file it stands otherwise than by its line, such as `row 7`.
    """

    exit_status = 3

    def __init__(
        self, problem: str, *, path: str | None = None, line: int | None = None, place: str = "", hint: str = ""
    ):
        self.problem, self.path, self.line, self.place, self.hint = problem, path, line, place, hint
        where = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        where += f"{place}: " if place else ""
        super().__init__(where + problem + (f" {hint}" if hint else ""))


class EndpointError(InputError):
    """A language model that was asked for gives no answer that can be used."""

    exit_status = 11

    def __init__(self, address: str, model: str, problem: str, hint: str):
        self.address, self.model = address, model
        super().__init__(f"the model {model!r} at {address} {problem}.", hint=hint)


class KnowledgeError(KgError):
    """A file of the ontology folder (vocabulary, lexicon, rule, question) is broken."""

    exit_status = 4

    def __init__(self, problem: str, *, path: str, entry: str | None = None):
        self.problem, self.path, self.entry = problem, path, entry
        where = path if entry is None else f"{path}, entry {entry!r}"
        super().__init__(f"{where}: {problem}")


class StoreError(KgError):
    """The store is missing, locked, damaged or of another version."""

    exit_status = 5


class QueryError(KgError):
    """A query has a syntax error, is not allowed, or takes too long."""

    exit_status = 6

    def __init__(self, problem: str, *, line: int | None = None, column: int | None = None):
        self.problem, self.line, self.column = problem, line, column
        where = "" if line is None else f"line {line}, column {column}: "
        super().__init__(where + problem)


class UnknownName(KgError):
    """A question, group, place, document or other name is not known; `nearest` are the close ones."""

    exit_status = 7

    def __init__(self, kind: str, name: str, nearest: tuple[str, ...] = (), hint: str = ""):
        self.kind, self.name, self.nearest = kind, name, nearest
        near = f" Nearest: {', '.join(nearest)}." if nearest else ""
        super().__init__(f"no {kind} named {name!r}.{near}" + (f" {hint}" if hint else ""))


class UnknownFormat(KgError):
    """A file suffix or an output format that no reader or writer serves."""

    exit_status = 8

    def __init__(self, given: str, known: tuple[str, ...]):
        self.given, self.known = given, known
        super().__init__(f"no format for {given!r}; known: {', '.join(known)}")


class ValidationFailed(KgError):
    """The graph breaks a shape or a quote does not stand in its article."""

    exit_status = 9


class ClusterError(KgError):
    """A cluster that was asked for cannot be used, or gave up the work."""

    exit_status = 14

    def __init__(self, master: str, problem: str, hint: str):
        self.master, self.problem, self.hint = master, problem, hint
        super().__init__(f"{master}: {problem} {hint}")


class OutputError(KgError):
    """A file or folder cannot be written."""

    exit_status = 10

    def __init__(self, path: str, problem: str, option: str = "-o"):
        self.path, self.problem = path, problem
        super().__init__(f"{path} cannot be written ({problem}); choose another place with {option}")
