"""Which of the two tracks a matter may follow (domain 4.1, rule 23): each is a case of its own, linked."""

from portal.domain.parties import BodyKind, PartyMember, Track
from portal.domain.subjects import Subject


def open_tracks(subject: Subject) -> tuple[Track, ...]:
    """The tracks on which the person may be examined; one who may be a member may follow both.

    The state track is shut for who holds offices of the Party only (LTC 20).
    """
    offices = (*subject.offices, *subject.then)
    of_the_state = any(one.settler_kind is not BodyKind.INSPECTION for one in offices)
    party = (Track.PARTY,) if subject.party_member is not PartyMember.NO else ()
    state = (Track.STATE,) if of_the_state or not party else ()
    return party + state
