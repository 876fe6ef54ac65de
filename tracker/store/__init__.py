"""What do we remember? Items, the feeds that carried them, when we watched, and every verdict with its history.

`open_store` opens a database (an SQLite file, or PostgreSQL) and brings its schema up to date.
"""

from tracker.store.opening import open_store
from tracker.store.saving import Saved
from tracker.store.store import Store

__all__ = ["Saved", "Store", "open_store"]
