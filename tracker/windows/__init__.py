"""Which days does a phrase such as "late summer and early autumn of 2025" mean? English and Russian.

The words are in words.yaml, and `vocabulary` gives each its role. `periods`, `spans` and `grammar` read them in order
and make a statement (`statements`) of them; `calendar` knows the days, `naming` their names; `reading` puts the window
together and says what else the phrase may mean. `finding` finds such phrases in a sentence, by its `pieces`, and leaves
out what only looks like one (`lookalikes`).
"""

from tracker.windows.finding import FoundWindow, find_windows
from tracker.windows.reading import Reading, read_window

__all__ = ["FoundWindow", "Reading", "find_windows", "read_window"]
