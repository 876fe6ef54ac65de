"""On which day does a report say that its event took place?

`event_day` chooses among the dates that the text names (`dates`) those in the clause of the event (`clauses`).
"""

from tracker.occurred.dates import Precision
from tracker.occurred.event_day import Occurred, occurred

__all__ = ["Occurred", "Precision", "occurred"]
