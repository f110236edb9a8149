"""Starts Django in a process that measures."""

from __future__ import annotations

import os
import warnings

import django


def set_up() -> None:
    """Read the settings that the environment asks for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialekaart.settings")
    # Static files are not gathered here, and nothing asks for one.
    warnings.filterwarnings("ignore", message="No directory at")
    django.setup()
