"""Whether the site in this container answers: for the health check of the image."""

import os
import urllib.request

# The site answers to its own name only.
host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
request = urllib.request.Request("http://127.0.0.1:8000/gezond", headers={"Host": host})
with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310 - an address of our own
    raise SystemExit(answer.status != 200)
