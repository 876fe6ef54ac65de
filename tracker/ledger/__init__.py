"""What have the forecasters said? A workspace's forecast files: every mistake has its line, edits keep the rest."""

from tracker.ledger.entries import Defaults
from tracker.ledger.read import Ledger, read_ledger

__all__ = ["Defaults", "Ledger", "read_ledger"]
