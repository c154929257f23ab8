"""What is published today: read from the one table of clear texts. No case and no report is looked at."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select, tuple_
from sqlalchemy.orm import aliased

from portal.action import session
from portal.data.models.area import Area
from portal.data.models.body import Body
from portal.data.models.publication import Publication
from portal.domain import clock
from portal.papers.lists import Place

PAGE = 20
_MOST_PLACES = 4000  # every unit of the country and some


def published(area_id: str = "", after: Place | None = None) -> Sequence[Publication]:
    """A page of what everybody reads today, the newest first, and one more where there is a next page.

    `area_id`: of the bodies of a province with its communes, or of one commune.
    """
    found = select(Publication).where(*_shown())
    if area_id:
        below = select(Area.area_id).where(Area.parent_id == area_id)
        bodies = select(Body.id).where(or_(Body.area_id == area_id, Body.area_id.in_(below)))
        found = found.where(Publication.body_id.in_(bodies))
    if after is not None:
        found = found.where(tuple_(Publication.published_on, Publication.id) < after)
    found = found.order_by(Publication.published_on.desc(), Publication.id.desc()).limit(PAGE + 1)
    return session().scalars(found).all()


def one(public_id: str) -> Publication | None:
    """One publication, also one that is over or was taken off."""
    return session().get(Publication, public_id)


def correction_of(found: Publication) -> Publication | None:
    """The text that corrects this one, where it is shown today."""
    wanted = select(Publication).where(Publication.corrects_id == found.id, *_shown())
    return session().scalars(wanted.order_by(Publication.published_on.desc()).limit(1)).first()


def corrected_by(found: Publication) -> Publication | None:
    """The text that this one corrects, where it is shown today."""
    wanted = select(Publication).where(Publication.id == found.corrects_id, *_shown())
    return session().scalars(wanted).first()


def corrected(rows: Sequence[Publication]) -> set[str]:
    """Which of these were corrected, by id; one that was taken off makes none of them right again."""
    wanted = select(Publication.corrects_id).where(Publication.corrects_id.in_([row.id for row in rows]))
    return {one for one in session().scalars(wanted) if one}


def places() -> list[tuple[str, str]]:
    """The units whose bodies have something published today, and the provinces above them: id and name."""
    parent = aliased(Area)
    wanted = (
        select(Area.area_id, Area.name, parent.area_id, parent.name)
        .join(Body, Body.area_id == Area.area_id)
        .join(Publication, Publication.body_id == Body.id)
        .outerjoin(parent, parent.area_id == Area.parent_id)
        .where(*_shown())
        .distinct()
        .limit(_MOST_PLACES)
    )
    found: dict[str, str] = {}
    for area_id, name, above_id, above in session().execute(wanted):
        found[area_id] = f"{above} · {name}" if above else name
        if above:
            found[above_id] = above
    return sorted(found.items(), key=lambda pair: pair[1])


def _shown() -> tuple[ColumnElement[bool], ...]:
    """What was taken off has no text; what is over may have one until the worker comes by."""
    return (
        Publication.text.is_not(None),
        Publication.withdrawn_on.is_(None),
        Publication.until >= clock.today(),
    )
