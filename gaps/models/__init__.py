"""What the pages for municipalities store themselves."""

from gaps.models.coverage import CoverageSnapshot

__all__ = ["CoverageSnapshot"]
