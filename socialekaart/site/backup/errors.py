"""What goes wrong with a backup, in a sentence for an operator."""


class BackupError(Exception):
    """A backup that cannot be made or put back; the message says why, in Dutch."""
