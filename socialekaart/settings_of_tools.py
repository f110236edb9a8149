"""The settings of the site, for what only looks at it: tests and types."""

import os

# A real site must name its database.
os.environ.setdefault("DATABASE_URL", "sqlite:///")

from socialekaart.settings import *  # noqa: F403
