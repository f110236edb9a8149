"""One style sheet a page: at collectstatic our sheets take in the sheets they import.

We write a sheet per subject; `site.css` imports them in order. Under `runserver` and in the tests
nothing is collected, and the browser follows the imports. See docs/adr/0017.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOLDER = "socialekaart/"
IMPORT = re.compile(r'@import "([\w-]+\.css)";\n')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class JoinedSheetsStorage(CompressedManifestStaticFilesStorage):
    """Joins our sheets before they are named after their content and compressed."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        ours = [name for name in paths if name.startswith(FOLDER) and name.endswith(".css")]
        joined = {} if dry_run else {name: join(name, paths) for name in ours}
        for name, sheet in joined.items():
            self.delete(name)
            self.save(name, ContentFile(sheet))
        paths = paths | {name: (self, name) for name in joined}
        yield from super().post_process(paths, dry_run=dry_run, **options)


def join(name: str, paths: dict[str, Any]) -> str:
    """Return a sheet with what it imports in place, without comments.

    Reads the sources: what was collected may have been joined by an earlier run.
    """
    storage, path = paths[name]
    with storage.open(path) as file:
        sheet = COMMENT.sub("", file.read().decode())
    return IMPORT.sub(lambda found: join(FOLDER + found[1], paths), sheet)
