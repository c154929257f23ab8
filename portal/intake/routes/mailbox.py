"""The resident's mailbox: entering with the code, what it shows, leaving."""

from datetime import timedelta

from flask import g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound, TooManyRequests

from portal.domain.clock import today
from portal.domain.receipts import LONGEST_TYPED
from portal.intake.forms.mailbox import EnterForm
from portal.intake.queries import mailbox as queries
from portal.intake.routes import code, writing
from portal.intake.routes.box import MAILBOX, TYPED, alias, box, bp, go, held, let_go, let_in, pepper
from portal.papers.files import content
from portal.web import guessing
from portal.web.access import public
from portal.web.cookies import drop_cookie, open_cookie, seal_cookie
from portal.web.downloads import download
from portal.web.reminder import reminder

__all__ = ["bp", "code", "writing"]

LOOK_AGAIN = timedelta(days=7)


@bp.get("/")
@public
def enter() -> ResponseReturnValue:
    """The code is asked for; a wrong one stands in its field once more."""
    typed = open_cookie(TYPED)
    form = EnterForm(data={"code": typed["code"] if typed else ""})
    response = make_response(
        render_template(
            "mailbox/enter.html", form=form, wrong=typed is not None, kept=held(), inside="report" in g
        )
    )
    if typed is not None:
        drop_cookie(response, TYPED)
    return response


@bp.post("/")
@public
def look_up() -> ResponseReturnValue:
    """A right code opens the mailbox; wrong ones and those of nobody are answered alike."""
    typed = request.form.get("code", "")
    found = queries.passed(typed, pepper())
    if found is not None:
        response = go("mailbox.status")
        let_in(response, found)
        return response
    if guessing.missed():
        raise TooManyRequests
    response = go("mailbox.enter")
    seal_cookie(response, TYPED, {"code": typed[:LONGEST_TYPED]}, seconds=120)
    return response


@bp.get("/hop-thu")
@public
def status() -> ResponseReturnValue:
    """Where it stands, what is asked, what was answered, what can be done."""
    if g.report.code_shared:
        cases = queries.cases(g.report.id)
        return render_template("mailbox/shared.html", cases=cases, kind=g.report.kind, today=today())
    opened = box()
    letters = [letter for letter in opened.letters if queries.is_from_institution(letter)]
    own = [letter for letter in opened.letters if not queries.is_from_institution(letter)]
    shown = {"letters": letters[::-1], "own": own, "waiting": _waiting(opened), "alias": alias}
    return render_template("mailbox/status.html", box=opened, today=today(), **shown)


def _waiting(opened: queries.Box) -> str | None:
    """Where the text that could not be sent can be sent now."""
    kept = held()
    if kept is None:
        return None
    questions, ended = ([alias(one.id) for one in many] for many in (opened.questions, opened.reviewable))
    pages = {f"tra-loi/{one}": url_for("mailbox.reply", question_id=one) for one in questions}
    pages |= {f"xem-lai/{one}": url_for("mailbox.review", case_id=one) for one in ended}
    if opened.may_rate:
        pages["danh-gia"] = url_for("mailbox.rate")
    return pages.get(kept.form, url_for("mailbox.add"))


@bp.get("/hop-thu/tep/<file_id>")
@public
def file(file_id: str) -> ResponseReturnValue:
    """A file that an institution sent."""
    for letter in filter(queries.is_from_institution, box().letters):
        for info in letter.files:
            if file_id in (info.id, alias(info.id)):
                return download(info.name, info.media_type, b"".join(content(info)))
    raise NotFound


@bp.get("/hop-thu/nhac-xem.ics")
@public
def remind() -> ResponseReturnValue:
    """The next day to look, for a calendar."""
    day = box().next_look(today()) or today() + LOOK_AGAIN
    return reminder(day, made_on=today(), secret=g.secret)


@bp.post("/thoat")
@public
def leave() -> ResponseReturnValue:
    """The browser forgets the mailbox and what was typed."""
    response = go("guide.home")
    let_go(response)
    drop_cookie(response, MAILBOX)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
