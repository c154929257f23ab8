"""Pages of posts: the list on a day, the history of one, and the rows that go into a draft."""

from dataclasses import replace
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.domain.parties import CENTRE, BodyKind, Level, PartyMember, PostFacts, PostGroup
from portal.domain.post_drafts import Op, PostChange
from portal.registry import actions, forms
from portal.registry.queries import posts as read
from portal.registry.queries import units
from portal.registry.routes.base import EDIT, READ, bp, chosen_day, ground, kept_by, page, to, tried
from portal.web.access import actor, allowed, needs
from portal.web.i18n import _


@bp.get("/chuc-vu")
@needs(READ)
def posts() -> ResponseReturnValue:
    """The posts in force on a day, by kind of body and level."""
    form = forms.PostsForm(request.args)
    day = chosen_day(form)
    kind = BodyKind(form.kind.data) if form.kind.data in set(BodyKind) else None
    level = Level(form.level.data) if form.level.data in set(Level) else None
    may_edit = allowed(EDIT, units.holding(CENTRE))
    return page("registry/posts.html", form, day, posts=read.posts_on(day, kind, level), may_edit=may_edit)


@bp.get("/chuc-vu/<post>")
@needs(READ)
def post(post: str) -> ResponseReturnValue:
    """Every row of a post, with who entered it and from which document."""
    form = forms.DayForm(request.args)
    may_edit = allowed(EDIT, units.holding(CENTRE))
    return page("registry/post.html", form, chosen_day(form), rows=_history(post), may_edit=may_edit)


def _history(post: str) -> list[read.PostRow]:
    rows = read.history(post)
    if not rows:
        raise NotFound
    return rows


def _in_draft(change: PostChange, form: Any) -> None:
    """Into the registrar's own draft for the same day, or into a new one."""
    day = form.day.data.first
    draft = read.own_draft(actor().id, day)
    if draft is not None:
        actions.add_to_draft(actor(), draft, change=change)
    else:
        actions.draft_posts(actor(), kept_by(CENTRE), changes=(change,), day=day, ground=ground(form))


def _row(form: forms.PostForm, base: PostFacts) -> PostFacts:
    """The row as typed, on the base of what does not change."""
    return replace(
        base,
        name=form.name.data,
        synonyms=tuple(line.strip() for line in (form.synonyms.data or "").splitlines() if line.strip()),
        managing_level=Level(form.managing_level.data),
        party_member=PartyMember(form.party_member.data),
        settler_kind=BodyKind(form.settler_kind.data),
        settler_level=Level(form.settler_level.data),
        source=form.source.data,
        settler_source=form.settler_source.data,
    )


def _shown(last: PostFacts) -> dict[str, Any]:
    names = (
        "name",
        "managing_level",
        "party_member",
        "settler_kind",
        "settler_level",
        "source",
        "settler_source",
    )
    return {name: str(getattr(last, name)) for name in names} | {"synonyms": "\n".join(last.synonyms)}


@bp.route("/chuc-vu/<post>/doi", methods=["GET", "POST"])
@needs(EDIT)
def change_post(post: str) -> ResponseReturnValue:
    """Who manages, who settles, other names: from a day on, first as a draft."""
    kept_by(CENTRE)
    last = _history(post)[-1].post
    form = forms.PostForm(**_shown(last))

    def act() -> None:
        _in_draft(PostChange(Op.CHANGE, post, _row(form, last)), form)

    done, said = to("drafts"), _("Đã ghi vào bản dự thảo. Một cán bộ danh mục khác phải cho có hiệu lực.")
    return tried("registry/change_post.html", form, act, done=done, said=said, post=last)


@bp.route("/chuc-vu/<post>/ket-thuc", methods=["GET", "POST"])
@needs(EDIT)
def end_post(post: str) -> ResponseReturnValue:
    """A post that no longer exists from a day on, first as a draft."""
    kept_by(CENTRE)
    last = _history(post)[-1].post
    form = forms.EndPostForm()
    done, said = to("drafts"), _("Đã ghi vào bản dự thảo. Một cán bộ danh mục khác phải cho có hiệu lực.")
    act = lambda: _in_draft(PostChange(Op.END, post), form)  # noqa: E731
    return tried("registry/end_post.html", form, act, done=done, said=said, post=last)


@bp.route("/chuc-vu/them", methods=["GET", "POST"])
@needs(EDIT)
def add_post() -> ResponseReturnValue:
    """A post that the register does not have yet, first as a draft."""
    kept_by(CENTRE)
    form = forms.NewPostForm()
    done, said = to("drafts"), _("Đã ghi vào bản dự thảo. Một cán bộ danh mục khác phải cho có hiệu lực.")
    return tried("registry/add_post.html", form, lambda: _add(form), done=done, said=said)


def _add(form: forms.NewPostForm) -> None:
    kind, level, group = BodyKind(form.body_kind.data), Level(form.level.data), PostGroup(form.group.data)
    base = PostFacts("", form.post.data, kind, level, "", group, level, kind, level)
    _in_draft(PostChange(Op.ADD, form.post.data, _row(form, base)), form)
