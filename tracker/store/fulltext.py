"""Which versions of items have these terms? The full-text index: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

It is brought up to date at the end of a check, not by each poll; what it does not hold yet is read word by word.

Terms are those of `tracker.text.index_terms`: letters and digits, so that every tokenizer keeps each whole. When a
release makes other terms of a text, the index is made anew: a word must not be sought under a stem that it had before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from unicodedata import unidata_version

from sqlalchemy import Connection, Integer, TextualSelect, column, delete, insert, select, text, update

from tracker.store.schema import term_index, versions

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
# PostgreSQL takes no lexeme above 2,046 bytes. Index and question cut at the same length, so that nothing is missed.
_LONGEST = 100
_BATCH = 1000

_INSERT = {
    "sqlite": "INSERT INTO version_terms (rowid, terms) VALUES (:version, :terms)",
    "postgresql": (
        "INSERT INTO version_terms (rowid, terms) VALUES (:version, array_to_tsvector(CAST(:terms AS text[])))"
    ),
}
# The contentless index forgets a row only when told what it holds.
_REMOVE = {
    "sqlite": "INSERT INTO version_terms (version_terms, rowid, terms) VALUES ('delete', :version, :terms)",
    "postgresql": "DELETE FROM version_terms WHERE rowid = :version",
}
_CLEAR = {
    "sqlite": "INSERT INTO version_terms (version_terms) VALUES ('delete-all')",
    "postgresql": "DELETE FROM version_terms",
}
_SELECT = {
    "sqlite": "SELECT rowid FROM version_terms WHERE version_terms MATCH :terms",
    "postgresql": "SELECT rowid FROM version_terms WHERE terms @@ CAST(:terms AS tsquery)",
}
# How a database writes (a term, a prefix, or, and). The lexemes within the quotes hold no quote.
_SYNTAX = {"sqlite": ('"{}"', '"{}"*', " OR ", " AND "), "postgresql": ("'{}'", "'{}':*", "|", "&")}


def _add_texts(connection: Connection, texts: Mapping[int, str]) -> None:
    """Index versions: `texts` by the number of the version."""
    if rows := _rows(connection, texts):
        connection.execute(text(_INSERT[connection.dialect.name]), rows)


def remove_texts(connection: Connection, texts: Mapping[int, str]) -> None:
    """Take versions out of the index: the `texts` with which they were added, by the number of the version."""
    reached = up_to(connection)
    if rows := _rows(connection, {version: words for version, words in texts.items() if version <= reached}):
        connection.execute(text(_REMOVE[connection.dialect.name]), rows)


def up_to(connection: Connection) -> int:
    """The newest version that has been indexed, 0 when none has."""
    return connection.scalar(select(term_index.c.up_to)) or 0


def _rows(connection: Connection, texts: Mapping[int, str]) -> list[dict[str, object]]:
    from tracker.text import index_terms

    rows: list[dict[str, object]] = []
    for version, words in texts.items():
        terms = sorted({_lexeme(term) for term in index_terms(words)})
        rows.append({"version": version, "terms": " ".join(terms) if connection.dialect.name == "sqlite" else terms})
    return rows


def is_current(connection: Connection) -> bool:
    """Whether the index holds the terms that the program makes of a text today."""
    return connection.scalar(select(term_index.c.made_by)) == _made_by()


def make_anew(connection: Connection) -> None:
    """Empty the index, to be filled again by what makes its terms today."""
    connection.execute(text(_CLEAR[connection.dialect.name]))
    connection.execute(delete(term_index))
    connection.execute(insert(term_index), {"made_by": _made_by(), "up_to": 0})


def catch_up(connection: Connection) -> None:
    """Index every version that is not in the index yet."""
    query = select(versions.c.id, versions.c.title, versions.c.summary).order_by(versions.c.id)
    newest = up_to(connection)
    for batch in connection.execute(query.where(versions.c.id > newest)).partitions(_BATCH):
        _add_texts(connection, {row.id: f"{row.title}\n{row.summary}" for row in batch})
        newest = batch[-1].id
    connection.execute(update(term_index), {"up_to": newest})


@cache
def _made_by() -> str:
    """A fingerprint of all that decides on the terms of a text."""
    import Stemmer

    made = blake2b(f"{Stemmer.version()} {unidata_version} {_LONGEST}".encode(), digest_size=16)
    for name in ("words.py", "irregular.txt"):
        made.update(files("tracker.text").joinpath(name).read_bytes())
    return made.hexdigest()


def with_terms(connection: Connection, clauses: Sequence[frozenset[str]]) -> TextualSelect | None:
    """The ids of the versions that have at least one term of every clause, as a query; None when every version has.

    A term that ends in `*` stands for every term that it begins. A clause without a term is met by no version.
    """
    term, prefix, either, both = _SYNTAX[connection.dialect.name]
    needed = []
    for clause in clauses:
        shapes = {(_lexeme(alternative), alternative.endswith("*")) for alternative in clause}
        if ("", True) in shapes:
            continue
        written = sorted((prefix if begins else term).format(lexeme) for lexeme, begins in shapes if lexeme)
        if not written:
            return text("SELECT rowid FROM version_terms WHERE 1 = 0").columns(column("rowid", Integer))
        needed.append(f"({either.join(written)})")
    if not needed:
        return None
    query = text(_SELECT[connection.dialect.name]).bindparams(terms=both.join(needed))
    return query.columns(column("rowid", Integer))


def holds(words: str, clauses: Sequence[frozenset[str]]) -> bool:
    """Whether a text has at least one term of every clause, as `with_terms` finds it once it is indexed."""
    from tracker.text import index_terms

    terms = {_lexeme(term) for term in index_terms(words)}
    return all(any(_has(terms, _lexeme(one), one.endswith("*")) for one in clause) for clause in clauses)


def _has(terms: Set[str], lexeme: str, begins: bool) -> bool:
    return any(term.startswith(lexeme) for term in terms) if begins else lexeme in terms and bool(lexeme)


def _lexeme(term: str) -> str:
    """A term's letters and digits, which no query syntax can take for its own."""
    return _NOT_ALPHANUMERIC.sub("", term)[:_LONGEST]
