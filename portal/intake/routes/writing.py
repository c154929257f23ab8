"""What a resident sends from the mailbox: an answer, something more, a rating, a request for review."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.domain.clock import today
from portal.domain.evidence import Busy, Refusal
from portal.domain.life import IllegalStep
from portal.domain.telling import Pressed
from portal.intake.actions import mailbox as actions
from portal.intake.actions import withdraw as withdrawing
from portal.intake.actions.reprisal import report_reprisal, tell_look
from portal.intake.actions.review import NobodyAbove, request_review
from portal.intake.forms.mailbox import (
    LetterForm,
    LookForm,
    RatingForm,
    ReprisalForm,
    ReviewForm,
    WithdrawForm,
    addition_form,
)
from portal.intake.queries import mailbox as queries
from portal.intake.queries.review import board_above, protecting_board
from portal.intake.routes.box import EXPIRED, alias, box, bp, go, held, here, hold, let_go, reporter
from portal.papers.files import FileInfo, FileRefused
from portal.web.access import public
from portal.web.fields import Form, raw_of
from portal.web.i18n import _, lazy
from portal.web.uploads import ACCEPT, read_upload, refusal_text, safe_name, takes_files

INVALID, BUSY, TOO_MUCH, TOO_LATE = "invalid", "busy", "too_much", "too_late"
NOBODY = "nobody"
ADDITION = "bo-sung"
WHY = {
    BUSY: lazy("Máy chủ đang bận xử lý tệp khác. Hãy chọn lại tệp và gửi sau ít phút; chữ bạn gõ vẫn còn."),
    TOO_MUCH: lazy("Hôm nay bạn đã gửi nhiều tin. Hãy gửi tiếp vào ngày mai; chữ bạn gõ vẫn còn đến khi đó."),
    NOBODY: lazy(
        "Người bạn nêu tên ở cấp trên cùng, nên không nơi nào trên Cổng được phép đọc điều này. Hãy đến "
        "Trụ sở Tiếp công dân Trung ương. Chữ bạn gõ chưa gửi cho ai."
    ),
    TOO_LATE: lazy(
        "Việc này vừa thay đổi nên chưa gửi được. Chữ bạn gõ nằm bên dưới: bạn có thể gửi bổ sung."
    ),
}


@bp.route("/hop-thu/tra-loi/<question_id>", methods=["GET", "POST"])
@takes_files
@public
def reply(question_id: str) -> ResponseReturnValue:
    """Answer a question."""
    opened = box()
    question = next((one for one in opened.questions if question_id in (one.id, alias(one.id))), None)
    if question is None and request.method != "POST":
        raise NotFound

    def act(form: Any) -> None:
        given = {"text": form.text.data, "files": _files()}
        asked = question.id if question else question_id
        actions.reply(reporter(), g.report, g.secret, question_id=asked, **given)

    shown = {"question": question, "names": opened.names}
    return _page("mailbox/reply.html", LetterForm, act, _("Đã gửi câu trả lời."), **shown)


@bp.route("/hop-thu/bo-sung", methods=["GET", "POST"])
@takes_files
@public
def add() -> ResponseReturnValue:
    """Add something unasked."""
    opened = box()
    if not opened.desks:
        return _nowhere()
    form_class = addition_form((body, opened.names.get(body, "")) for body in opened.desks)

    def act(form: Any) -> None:
        given = {"body_id": form.body.data, "text": form.text.data, "files": _files()}
        actions.add(reporter(), g.report, g.secret, **given)

    return _page("mailbox/add.html", form_class, act, _("Đã gửi bổ sung."))


def _nowhere() -> ResponseReturnValue:
    """Nobody on the portal may read more: no form, the guidance where to go, and what was typed to copy."""
    if request.method == "POST":
        return _again(here(), INVALID)
    kept = held()
    return render_template("mailbox/nowhere.html", typed="".join(kept.raw.get("text", [])) if kept else "")


@bp.route("/hop-thu/danh-gia", methods=["GET", "POST"])
@public
def rate() -> ResponseReturnValue:
    """Rate the answer, once."""
    if request.method != "POST" and not box().may_rate:
        raise NotFound

    def act(form: Any) -> None:
        actions.rate(reporter(), g.report, g.secret, rating=form.rating.data, reason=form.text.data)

    return _page("mailbox/rate.html", RatingForm, act, _("Cảm ơn bạn đã đánh giá."))


@bp.route("/hop-thu/xem-lai/<case_id>", methods=["GET", "POST"])
@public
def review(case_id: str) -> ResponseReturnValue:
    """Ask the level above to look again, once; plain guidance where nobody there can."""
    opened = box()
    case = next((one for one in opened.reviewable if case_id in (one.id, alias(one.id))), None)
    if case is None and request.method != "POST":
        raise NotFound
    above = _above(opened, case.front_id) if case else None

    def act(form: Any) -> None:
        ended = case.id if case else case_id
        request_review(reporter(), g.report, g.secret, case_id=ended, text=form.text.data)

    return _page("mailbox/review.html", ReviewForm, act, _("Đã gửi yêu cầu xem lại."), above=above)


@bp.route("/hop-thu/rut/<case_id>", methods=["GET", "POST"])
@public
def withdraw(case_id: str) -> ResponseReturnValue:
    """Withdraw from a case; whether somebody pressed is asked, and that it ends nothing by itself is said."""
    opened = box()
    case = next((one for one in opened.withdrawable if case_id in (one.id, alias(one.id))), None)
    if case is None and request.method != "POST":
        raise NotFound

    def act(form: Any) -> None:
        given = {"case_id": case.id if case else case_id, "text": form.text.data}
        withdrawing.withdraw(reporter(), g.report, g.secret, pressed=Pressed(form.pressed.data), **given)

    return _page("mailbox/withdraw.html", WithdrawForm, act, _("Đã ghi nhận việc bạn rút phản ánh."))


@bp.route("/hop-thu/bi-tra-thu", methods=["GET", "POST"])
@public
def reprisal() -> ResponseReturnValue:
    """Whoever suffers for his report says so: a case of its own at the board above, read first."""
    opened = box()
    if request.method != "POST" and not opened.may_report_reprisal:
        raise NotFound
    key = opened.keys[opened.report.body_id].report_key()
    board = protecting_board(opened.report, key, today(), also="")
    above = queries.names({board.body_id})[board.body_id] if board else None

    def act(form: Any) -> None:
        report_reprisal(reporter(), g.report, g.secret, text=form.text.data)

    said = _("Đã gửi. Nơi nhận xem việc này trước mọi việc khác.")
    return _page("mailbox/reprisal.html", ReprisalForm, act, said, above=above)


@bp.route("/hop-thu/con-an-toan", methods=["GET", "POST"])
@public
def look() -> ResponseReturnValue:
    """Asked after the end, every thirty days: who suffers is led to the page where he says how."""
    if request.method != "POST" and not box().look_due(today()):
        raise NotFound
    told: list[bool] = []

    def act(form: Any) -> None:
        suffered = form.suffered.data == "yes"
        tell_look(reporter(), g.report, suffered=suffered)
        told.append(suffered)

    answer = _page("mailbox/look.html", LookForm, act, _("Cảm ơn bạn đã cho biết."))
    return go("mailbox.reprisal") if any(told) else answer


def _above(opened: queries.Box, front_id: str) -> str | None:
    """The name of the board that would look again."""
    board = board_above(opened.report, opened.keys[opened.report.body_id].report_key(), front_id, today())
    return queries.names({board.body_id})[board.body_id] if board else None


def _page(
    template: str, form_class: type[Form], act: Callable[[Any], None], said: str, **shown: Any
) -> ResponseReturnValue:
    """GET shows the form with what waits for it; POST acts, or keeps what was typed: always 303."""
    if request.method != "POST":
        return render_template(template, form=_recalled(form_class), accept=ACCEPT, **shown)
    given = {"has_file": _has_file()} if issubclass(form_class, LetterForm) else {}
    form = form_class(**given)
    if not form.validate():
        return _again(here(), INVALID)
    try:
        act(form)
    except FileRefused as fault:
        return _again(here(), fault.reason.value)
    except Busy:
        return _again(here(), BUSY)
    except actions.TooMuch:
        return _again(here(), TOO_MUCH)
    except actions.NobodyFree:
        return _again(here(), NOBODY)
    except (actions.NotOpen, actions.NotNow, NobodyAbove, IllegalStep):
        return _again(ADDITION, TOO_LATE)
    flash(said)
    response = go("mailbox.status")
    let_go(response)
    return response


def _again(name: str, why: str) -> ResponseReturnValue:
    """Back to the page of a form, with everything typed."""
    mine = url_for(str(request.endpoint), **(request.view_args or {}))
    response = make_response(redirect(mine if name == here() else url_for("mailbox.add"), 303))
    hold(response, name, raw_of(request.form), why)
    return response


def _recalled(form_class: type[Form]) -> Form:
    """The form as it was sent, with what was wrong; or an empty one.

    Text that waits for a page which is gone (an answered question) stands in the form for additions.
    """
    kept = held()
    if kept is None or (kept.form != here() and here() != ADDITION):
        return form_class()
    if kept.form != here():
        return form_class(data={"text": "".join(kept.raw.get("text", []))})
    is_letter = issubclass(form_class, LetterForm)
    form = form_class.recalled(
        kept.raw, **({"has_file": kept.why not in (INVALID, EXPIRED)} if is_letter else {})
    )
    if kept.why in WHY:
        form.form_errors.append(WHY[kept.why])
    elif kept.why in set(Refusal):
        form["file"].errors = [refusal_text(Refusal(kept.why))]
    return form


def _has_file() -> bool:
    sent = request.files.get("file")
    return bool(sent and sent.filename)


def _files() -> tuple[FileInfo, ...]:
    """The file that came along, cleaned and stored; none is fine."""
    if not _has_file():
        return ()
    sent = request.files["file"]
    return (actions.kept(g.report, safe_name(sent.filename), read_upload(sent)),)
