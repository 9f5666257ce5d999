"""What every test can ask for."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.programs", "tests.postgres", "tests.record"]

# No deadlines: a slow machine is not a wrong answer. The build machine repeats the same examples,
# so that what it reports can be found again; "thorough" is for the night.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, database=None, print_blob=True)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default"))
