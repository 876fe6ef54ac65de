"""What does a query say, and does a text have it? Syntax (`syntax`), reading (`parse`), and matching (`program`)."""

from tracker.query.parse import ConceptLookup, parse
from tracker.query.program import SUMMARY, Document, Match, Program, Reading
from tracker.query.required import index_clauses
from tracker.query.syntax import Query

__all__ = ["SUMMARY", "ConceptLookup", "Document", "Match", "Program", "Query", "Reading", "index_clauses", "parse"]
