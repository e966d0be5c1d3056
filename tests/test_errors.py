"""Every error has a message that says where and how to mend it, and an exit status of its own."""

from __future__ import annotations

from kg import errors
from kg.errors import InputError, KgError, KnowledgeError, QueryError, UnknownFormat, UnknownName


def family() -> list[type[KgError]]:
    return [thing for thing in vars(errors).values() if isinstance(thing, type) and issubclass(thing, KgError)]


def test_exit_statuses_are_distinct_and_leave_click_its_own() -> None:
    statuses = [error.exit_status for error in family()]
    assert len(set(statuses)) == len(statuses)
    assert not {0, 2} & set(statuses)


def test_messages_carry_place_and_way_out() -> None:
    assert str(InputError("broken.", path="a.txt", line=3, hint="Mend it.")) == "a.txt:3: broken. Mend it."
    assert str(InputError("broken.")) == "broken."
    assert str(KnowledgeError("no hit", path="rules/x.yaml", entry="r")) == "rules/x.yaml, entry 'r': no hit"
    assert str(QueryError("syntax error", line=2, column=7)) == "line 2, column 7: syntax error"
    assert "Nearest: 贫困户." in str(UnknownName("Group", "贫困户户", ("贫困户",)))
    assert "known: .ttl, .nt" in str(UnknownFormat("x.pdf", (".ttl", ".nt")))
