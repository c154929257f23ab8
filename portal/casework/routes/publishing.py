"""Pages on which a text is published, taken off, and corrected."""

from datetime import timedelta
from typing import Any

from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.casework import actions, forms, queries, showing
from portal.casework.routes.entering import entry_page, followed_of, of_case
from portal.casework.routes.reading import bp
from portal.casework.routes.taking import LEAD, WORK
from portal.domain import clock
from portal.domain.disclosing import disclosures
from portal.domain.entries import Entry, Owed
from portal.domain.life import Step
from portal.domain.permissions import Permission
from portal.domain.publishing import MOST_DAYS
from portal.papers import history
from portal.web import words
from portal.web.access import actor, needs, ring
from portal.web.i18n import _

APPROVE = Permission.CASEWORK_APPROVE


@bp.route("/<case_id>/duyet/<record_id>", methods=["GET", "POST"])
@needs(APPROVE)
def approve_publication(case_id: str, record_id: str) -> ResponseReturnValue:
    """Read the draft as everybody will, and approve it or not."""
    found = followed_of(case_id, record_id, APPROVE)
    if found.owes is not Owed.APPROVAL:
        raise NotFound
    draft = actions.open_draft(actor(), found, ring())
    form = forms.ApproveForm().on(record_id, Step.APPROVE_PUBLICATION).offer(draft.least)

    def act() -> None:
        given: dict[str, Any] = {"text": form.text.data, "days": form.number, "seen": form.version}
        actions.approve_publication(actor(), found, ring(), yes=form.done.data == "yes", **given)

    said, shown = _("Đã ghi ý kiến duyệt."), _beside(found.case, draft, form.number)
    return entry_page(found.case, Step.APPROVE_PUBLICATION, form, act, said, **shown)


def _beside(case: Any, draft: actions.Draft, days: int) -> dict[str, Any]:
    """The page as everybody will read it, were it published today, and what in it may lead to somebody."""
    today = clock.today()
    shown = {
        "text": draft.text,
        "body": next(iter(history.body_names([actor().body]).values()), ""),
        "on": today,
        "until": today + timedelta(days=min(max(days, draft.least), MOST_DAYS) - 1),
        "older": draft.amends,
    }
    return {
        "public": shown,
        "seen": disclosures(draft.text),
        "about": showing.about(actor(), case, ring(), Step.APPROVE_PUBLICATION),
    }


def _public(case_id: str, public_id: str, permission: Permission) -> Any:
    return of_case(case_id, lambda: queries.publication(public_id), permission)


@bp.route("/<case_id>/go-cong-khai/<public_id>", methods=["GET", "POST"])
@needs(LEAD)
def withdraw_publication(case_id: str, public_id: str) -> ResponseReturnValue:
    """Take a published text off at once."""
    found = _public(case_id, public_id, LEAD)
    form = forms.WithdrawPublicationForm().on(public_id)

    def act() -> None:
        given: dict[str, Any] = {"reason": form.reason.data, "seen": form.version}
        actions.withdraw_publication(actor(), found, ring(), **given)

    lead = _("Nội dung mất khỏi trang công khai ngay. Ai mở địa chỉ cũ chỉ đọc thấy là đã gỡ.")
    return entry_page(found.case, Step.WITHDRAW_PUBLICATION, form, act, _("Đã gỡ."), lead=lead)


@bp.route("/<case_id>/dinh-chinh-cong-khai/<public_id>", methods=["GET", "POST"])
@needs(WORK)
def correct_publication(case_id: str, public_id: str) -> ResponseReturnValue:
    """Draft the text that corrects a published one; the head approves it as any draft."""
    found = _public(case_id, public_id, WORK)
    form = forms.CorrectPublicationForm(data={"text": found.text or ""}).on(public_id)

    def act() -> None:
        given: dict[str, Any] = {"text": form.text.data, "why": form.why.data, "due": form.due.data.first}
        actions.correct_publication(actor(), found, ring(), seen=form.version, **given)

    length = _("Bản đính chính được công khai không ngắn hơn bản cũ.")
    lead = f"{words.ENTRY_LEADS[Entry.PUBLICATION]} {length}"
    said, source = _("Đã ghi, chờ duyệt."), _("Luật Tố cáo 2018, điều 10 khoản 1")
    return entry_page(found.case, Step.CORRECT_PUBLICATION, form, act, said, lead=lead, source=source)
