"""How long people wait, for policy: tables that cannot be misread, pages, files."""
