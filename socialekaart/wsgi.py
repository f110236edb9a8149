"""The WSGI application that the application server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialekaart.settings")

application = get_wsgi_application()

# The program itself is no garbage: looking through it again and again costs a request some
# seventy milliseconds now and then.
gc.collect()
gc.freeze()
