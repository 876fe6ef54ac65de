"""Which queries would settle a claim? A first draft of topic, event and the rest, for a person to correct.

`claim` reads the claim as if it had happened, `library` finds the concepts in it, `actors` and `families` choose among
them, `thresholds` reads its numbers; `parts` holds what was found, `roles` tells who acts on whom, and `drafting` puts
the queries together.
"""

from tracker.draft.drafting import Draft, draft

__all__ = ["Draft", "draft"]
