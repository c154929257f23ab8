"""What can go wrong with sealed things.

Source: design, confidentiality ("Keys").
"""


class Broken(Exception):
    """A sealed thing does not open: wrong key, wrong place, altered, cut short, or an unknown format.

    The reasons are deliberately one error: which of them it was is nobody's business.
    """


class NotHeld(Exception):
    """The person holds no key of that body, purpose and version."""
