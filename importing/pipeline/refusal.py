"""The one way in which an import says no to a whole file."""


class ImportRefused(Exception):  # noqa: N818  (it is a decision, told to people, not a fault)
    """The file cannot be taken in. The message is one Dutch sentence for whoever sent it."""
