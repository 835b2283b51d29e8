"""Property tests try the same cases every time; with DUEREGARD_FUZZ set, others in every run (`make fuzz`)."""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.register_profile("fuzz", derandomize=False, print_blob=True)
settings.load_profile("fuzz" if os.environ.get("DUEREGARD_FUZZ") else "same")
