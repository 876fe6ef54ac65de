"""How are properties tested? With examples drawn anew here, and always the same ones where a build depends on them."""

from __future__ import annotations

import os

from hypothesis import settings

# A time limit for one example would make a busy machine fail what an idle one passes.
settings.register_profile("here", deadline=None)
settings.register_profile("build", deadline=None, derandomize=True)
settings.load_profile("build" if os.environ.get("CI") else "here")
