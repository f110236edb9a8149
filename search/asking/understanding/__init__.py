"""From one line of text to codes: what is asked, for whom, what age, around which place.

The text itself goes no further than here: what comes out are codes of the vocabulary and words
that occur in the catalogue. What was not understood is returned apart, to be counted.
"""

from search.asking.understanding.left_over import in_catalogue
from search.asking.understanding.query import Correction, Found, Query
from search.asking.understanding.reading import understand

__all__ = ["Correction", "Found", "Query", "in_catalogue", "understand"]
