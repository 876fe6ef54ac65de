"""What does a report say of the event that it mentions: it happened, did not, will, may, should, or did long ago?"""

from tracker.assess.item import assess
from tracker.assess.judge import Assessment

__all__ = ["Assessment", "assess"]
