"""What ends a command in one line."""


class UsageError(Exception):
    """Something that the user can put right; printed in one line."""
