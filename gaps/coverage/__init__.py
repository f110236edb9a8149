"""Pages about coverage: matrix, dossier, map and region, changes.

`report` reads (stored or computed), the pages put it into frozen objects, templates print them.
"""
