"""What have the forecasters said? A workspace's forecast files: every mistake has its line, edits keep the rest."""

from tracker.ledger.edit import append_forecast, edit_forecast
from tracker.ledger.read import Ledger, read_ledger
from tracker.ledger.schema import Defaults

__all__ = ["Defaults", "Ledger", "append_forecast", "edit_forecast", "read_ledger"]
