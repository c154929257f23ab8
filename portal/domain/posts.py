"""Dated templates of posts (mẫu chức vụ): which posts a kind of body has, and which level manages them."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from portal.domain.csv_rows import Problem, Refused, Row, read_choice, read_period, read_rows
from portal.domain.parties import BodyKind, Level, PartyMember, PostFacts, PostGroup, overlap
from portal.domain.structure import has_posts

POSTS = "posts.csv"
POST_COLUMNS = (
    "id",
    "post",
    "body_kind",
    "level",
    "name",
    "synonyms",
    "group",
    "managing_level",
    "party_member",
    "settler_kind",
    "settler_level",
    "valid_from",
    "valid_to",
    "source",
    "settler_source",
)


def read_posts(content: bytes) -> tuple[PostFacts, ...]:
    """The templates of a file in its order; raises Refused naming every faulty line."""
    posts: list[tuple[int, PostFacts]] = []
    problems: list[Problem] = []
    for row in read_rows(POSTS, content, POST_COLUMNS):
        try:
            posts.append((row.line, _post(row)))
        except ValueError as error:
            problems.append(Problem(POSTS, row.line, str(error)))
    problems += clashes(posts)
    if problems:
        raise Refused(sorted(problems, key=lambda p: p.line))
    return tuple(post for _, post in posts)


def _post(row: Row) -> PostFacts:
    for column in ("id", "post", "name", "source", "settler_source"):
        if not row[column] or len(row[column]) > 200:
            raise ValueError(f"{column} trống hoặc quá dài")
    first, last = read_period(row)
    post = PostFacts(
        id=row["id"],
        post=row["post"],
        body_kind=read_choice(row, "body_kind", BodyKind),
        level=read_choice(row, "level", Level),
        name=unicodedata.normalize("NFC", row["name"]),
        group=read_choice(row, "group", PostGroup),
        managing_level=read_choice(row, "managing_level", Level),
        settler_kind=read_choice(row, "settler_kind", BodyKind),
        settler_level=read_choice(row, "settler_level", Level),
        party_member=read_choice(row, "party_member", PartyMember),
        synonyms=tuple(word.strip() for word in row["synonyms"].split("|") if word.strip()),
        valid_from=first,
        valid_to=last,
        source=row["source"],
        settler_source=row["settler_source"],
    )
    check_post(post)
    return post


def check_post(post: PostFacts) -> None:
    """Raise ValueError where the levels and bodies of a row do not fit each other."""
    if not has_posts(post.body_kind, post.level):
        raise ValueError(f"{post.level} không có cơ quan loại {post.body_kind}")
    if not has_posts(post.settler_kind, post.settler_level):
        raise ValueError(f"{post.settler_level} không có cơ quan loại {post.settler_kind}")
    if post.managing_level.rank < post.level.rank and post.level is not Level.CENTRAL:
        raise ValueError(f"managing_level {post.managing_level} thấp hơn level {post.level}")
    if post.settler_level.rank < post.level.rank:
        raise ValueError(f"settler_level {post.settler_level} thấp hơn level {post.level}")


def clashes(posts: Iterable[tuple[int, PostFacts]]) -> Iterable[Problem]:
    """Rows that overlap, share an id, or speak of one post in two kinds of bodies."""
    ids: set[str] = set()
    periods: dict[str, list[PostFacts]] = defaultdict(list)
    for line, post in posts:
        if post.id in ids:
            yield Problem(POSTS, line, f"id {post.id} đã có ở trên")
        ids.add(post.id)
        for other in periods[post.post]:
            if overlap((post.valid_from, post.valid_to), (other.valid_from, other.valid_to)):
                yield Problem(POSTS, line, f"thời hạn chồng lên {other.id}")
            if (post.body_kind, post.level) != (other.body_kind, other.level):
                yield Problem(POSTS, line, f"khác cơ quan hoặc cấp với {other.id}")
        periods[post.post].append(post)


def post_on(posts: Iterable[PostFacts], post: str, day: date) -> PostFacts | None:
    """The template of a post in force on `day`; None if the post did not exist then."""
    return next((one for one in posts if one.post == post and one.exists_on(day)), None)


def with_drafts(posts: Iterable[PostFacts], drafted: Sequence[PostFacts]) -> tuple[PostFacts, ...]:
    """The templates as they would be with the drafted ones in force.

    A draft takes the place of the row of its id; of other rows of its post stays what lies before and after.
    """
    ids = {draft.id for draft in drafted}
    left = [post for post in posts if post.id not in ids]
    for draft in drafted:
        left = [part for post in left for part in _beside(post, draft)]
    return (*left, *drafted)


def _beside(post: PostFacts, draft: PostFacts) -> Iterable[PostFacts]:
    """The days of a row that a draft does not take."""
    meet = overlap((post.valid_from, post.valid_to), (draft.valid_from, draft.valid_to))
    if post.post != draft.post or not meet:
        yield post
        return
    if draft.valid_from is not None and (post.valid_from or date.min) < draft.valid_from:
        yield replace(post, valid_to=draft.valid_from - timedelta(days=1))
    if draft.valid_to is not None and (post.valid_to or date.max) > draft.valid_to:
        yield replace(post, valid_from=draft.valid_to + timedelta(days=1))
