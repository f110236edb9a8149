"""The WSGI application that the application server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from socialekaart.running.memory import give_back

give_back()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialekaart.settings")

application = get_wsgi_application()

# Models can be read from here on.
from search.warm import warm_up  # noqa: E402
from socialekaart.running.faults import limit_statements  # noqa: E402
from socialekaart.running.statements import never_compile  # noqa: E402

limit_statements()
never_compile()
warm_up()

# The program itself and what was built are no garbage: looking through them again and again
# costs a request some seventy milliseconds now and then.
gc.collect()
gc.freeze()
