"""Files that come in: small ones, held in memory."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler


class SmallFilesOnly(MemoryFileUploadHandler):
    """Refuse a request with more in it than FILE_UPLOAD_MAX_MEMORY_SIZE, before it is read.

    Django would write what is larger to the disk, from anybody and to any address.
    """

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        super().handle_raw_input(*args, **kwargs)
        if not self.activated:
            raise RequestDataTooBig("More than FILE_UPLOAD_MAX_MEMORY_SIZE.")
