"""How many examples the property tests draw: fewer every day, many at SCALE=hard; never by the clock."""

import os

from hypothesis import settings

settings.register_profile("everyday", max_examples=40, deadline=None)
settings.register_profile("hard", max_examples=500, deadline=None)
settings.load_profile("hard" if os.environ.get("SCALE") == "hard" else "everyday")
