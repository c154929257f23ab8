"""How long a session lasts, and what its sealed secret is bound to (confidentiality, "Unlocked session")."""

from datetime import timedelta

from portal.vault.boxes import place

IDLE = timedelta(minutes=20)
ABSOLUTE = timedelta(hours=8)
CONFIRMED = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=1)


def session_place(row_id: str, account_id: str) -> str:
    """Row and account: a row given another person's name opens nothing."""
    return place("staff_session", row_id, f"secret of {account_id}")
