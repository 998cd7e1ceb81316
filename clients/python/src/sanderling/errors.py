"""What went wrong with a call; what a program did is never one of these."""
from __future__ import annotations

from typing import Optional


# Reasons of Sanderling's that are mistakes of the call.
USAGE_CODES = {"invalid_request", "unknown_language", "language_not_installed", "too_large"}


class SanderlingError(Exception):
    """Every exception of this package."""


class UsageError(SanderlingError, ValueError):
    """The call itself is wrong: a value that nobody could be given, a language that is not known."""


class Unavailable(SanderlingError):
    """There is no service to reach, or no command to run."""


class ServiceError(SanderlingError):
    """The service answered with a problem (RFC 9457) that is not the call's own mistake.

    ``code`` is stable, to branch on: ``unauthenticated``, ``queue_full``, ``not_found`` and so on.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        mend: Optional[str] = None,
        retry_after: Optional[float] = None,
    ) -> None:
        super().__init__(f"{detail}; {mend}" if mend else detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.mend = mend
        #: Seconds after which the same may succeed, or None when time alone does not help.
        self.retry_after = retry_after
