"""Which queries would settle a claim? A first draft of topic, event and the rest, for a person to correct.

`claim` reads the claim as if it had happened, `library` finds the concepts in it, `actors` and `families` choose among
them, `names` knows the forms of a name, `thresholds` reads its numbers; `parts` holds what was found, `roles` tells who
acts on whom. `wording` says in which words a report would tell it, `event` ties them to those who act, `joining` joins
the parts of a query; `drafting` makes the draft and says what needs a person.
"""

from tracker.draft.drafting import Draft, draft

__all__ = ["Draft", "draft"]
