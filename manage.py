#!/usr/bin/env python3
"""Django's command line for Socialekaart."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialekaart.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        # A setting of the operator's: the sentence says which, a traceback would hide it.
        sys.exit(str(error))


if __name__ == "__main__":
    main()
