"""From a story to a sent report: by the last page of the form, or over the counter of a board."""

import secrets
from datetime import date, timedelta

from portal.action import session
from portal.counter import actions as counter
from portal.data.db import new_id
from portal.data.models.body import Body
from portal.data.models.report import Channel
from portal.data.reference import shipped
from portal.demo.people import Cast
from portal.demo.scene import OffScript
from portal.demo.stories import Story
from portal.domain import clock
from portal.domain.parties import BodyKind, Level
from portal.domain.permissions import Role
from portal.domain.receiving import NobodyLeft
from portal.domain.structure import body_id
from portal.domain.telling import Contact, Office, Said, Telling
from portal.intake.actions.submit import hand_in
from portal.papers import line
from portal.papers.composing import Sent, Source
from portal.papers.files import FileInfo, keep

_PRECISION = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


def send(story: Story, cast: Cast, pepper: bytes, identity_store: str) -> Sent:
    """Send the report of a story now; raises OffScript if another board receives it than is written."""
    told = telling_of(story, clock.today())
    if story.channel == Channel.WEB:
        files = tuple(_file(name) for name in story.files)
        source = Source(new_id(), secrets.token_bytes(32), pepper, files)
        sent = hand_in(told, source, identity_store=identity_store)
    else:
        sent = _over_the_counter(story, told, cast, pepper, identity_store)
    if not isinstance(sent, Sent) or sent.board_id != story.front:
        raise OffScript(f"{story.key}: received by {sent}, not by {story.front}")
    return sent


def _over_the_counter(
    story: Story, told: Telling, cast: Cast, pepper: bytes, identity_store: str
) -> Sent | NobodyLeft:
    """The officer enters it on the day it came; letters have a number in the board's register."""
    actor, _ = cast.playing(story.front, Role.REVIEWER)
    board, day = session().get_one(Body, story.front), clock.today()
    number = f"{day:%d%m}/ĐT" if story.channel == Channel.PAPER else ""
    paper = counter.Paper(story.channel, day, number)
    return counter.hand_in(actor, board, told, paper, pepper=pepper, identity_store=identity_store)


def telling_of(story: Story, day: date) -> Telling:
    """The story as the form would hand it over on `day`."""
    contact = Contact(**story.contact) if story.contact else Contact()
    return Telling(
        kind=story.kind,
        area_id=story.place,
        area_name=story.place_name,
        category=story.category,
        story=story.story,
        office=_office(story, day),
        street=story.street,
        at_front=Said(story.works_at["front"]),
        at_party=Said(story.works_at["party"]),
        at_inspection=Said(story.works_at["inspection"]),
        said=story.said,
        when=_when(story, day),
        period=story.period,
        where=story.where,
        openness=story.openness,
        contact=contact,
        lead=story.lead,
    )


def _office(story: Story, day: date) -> Office:
    kind, level = BodyKind(story.office["kind"]), Level(story.office["level"])
    body = session().get_one(Body, body_id(kind, story.place))
    posts = [one for one in line.posts_of(kind, level, day) if one.post == story.office["post"]]
    if not posts:
        raise OffScript(f"{story.key}: no post {story.office['post']} on {day}")
    return Office(
        body_id=body.id,
        body_name=body.name,
        kind=kind,
        level=level,
        area_id=story.place,
        detail=story.office["detail"],
        post=posts[0].post,
        post_name=posts[0].name,
        group=posts[0].group,
    )


def _when(story: Story, day: date) -> str:
    if story.happened is None:
        return ""
    happened = day - timedelta(days=story.happened["days_before"])
    return happened.strftime(_PRECISION[story.happened["precision"]])


def _file(name: str) -> FileInfo:
    return keep(name, shipped(f"demo/{name}"), with_original=False)
