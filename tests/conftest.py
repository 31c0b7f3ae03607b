"""What all tests share."""

import hypothesis

# No test is about time, and each run tries the same examples.
hypothesis.settings.register_profile("tests", deadline=None, derandomize=True)
hypothesis.settings.load_profile("tests")
