"""Errors that a user can cause: each prints as one line, without a traceback."""


class CounterproofError(Exception):
    """Base of every error that counterproof raises on purpose."""

    exit_code = 2


class UsageError(CounterproofError):
    """The command line, the configuration or an argument is off."""


class DocumentError(CounterproofError):
    """One document cannot be read; the message names the file and what to do."""

    exit_code = 3


class StoreError(CounterproofError):
    """The evidence store cannot be opened, written or understood."""

    exit_code = 2
