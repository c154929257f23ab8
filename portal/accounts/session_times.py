"""How long a session lasts (design, confidentiality: "Unlocked session")."""

from datetime import timedelta

IDLE = timedelta(minutes=20)
ABSOLUTE = timedelta(hours=8)
CONFIRMED = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=1)
