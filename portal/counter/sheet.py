"""The page on which an officer types a paper: every answer keeps what stands in it before anything else.

Nothing typed is lost: not by an error (422), another window (409, with both texts), a session that ended (the
text waits under the officer's key), nor by scans that are refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from portal.counter import actions, queries
from portal.counter.forms import EntryForm
from portal.counter.names import Names
from portal.counter.queries import Entry
from portal.domain import clock
from portal.domain.evidence import FILE_BYTES, FILES_PER_REPORT, Busy
from portal.domain.lineage import UnknownUnit
from portal.domain.paper import register_number
from portal.domain.receiving import NobodyLeft
from portal.papers import unsent
from portal.papers.composing import Sent
from portal.papers.files import FileRefused
from portal.web.access import actor, ring
from portal.web.cookies import seal_cookie
from portal.web.fields import Raw, raw_of
from portal.web.i18n import _, lazy
from portal.web.unsent import OWNER, owner_field
from portal.web.uploads import ACCEPT, read_upload, refusal_text, removed_text, safe_name

KEPT = "counter.enter"
SLIP, SLIP_SECONDS = "slip", 600
_BUSY = lazy("Máy chủ đang bận làm sạch tệp khác. Xin gửi lại tệp này sau một phút.")
_NOT_TYPED = {OWNER, "seen", "entry", "shown", "send", "attach", "drop"}


@dataclass
class Sheet:
    """One request at the page: the form, the entry it belongs to, and what is shown beside it."""

    form: EntryForm
    held: Entry | None
    names: Names
    code: int = 200
    shown: dict[str, Any] = field(default_factory=dict)

    def page(self) -> ResponseReturnValue:
        """The page with everything that was typed; the form belongs to the newest version of the entry."""
        form, held = self.form, self.held
        form.seen.data, form.entry.data = (str(held.version), held.id) if held else ("0", "")
        files = queries.files(held)
        known = {
            "names": self.names,
            "files": files,
            "owner": owner_field(actor().id),
            "accept": ACCEPT,
            "most": FILES_PER_REPORT,
            "limit": f"{FILE_BYTES // 2**20} MB",
            "removed_text": removed_text,
        }
        return render_template("counter/enter.html", form=form, **known, **self.shown), self.code

    def with_other(self, other: Raw) -> "Sheet":
        """The same with what the other window holds."""
        self.shown["others"] = list(_differing(raw_of(_sent(other)), _raw_of_form(self.form)))
        return self


def blank() -> Sheet:
    """What an officer finds: the text of an ended session, else his entry, else an empty form."""
    person, keys = actor().id, ring()
    held = queries.entry(person, keys)
    late = unsent.kept(keys, person, KEPT)
    raw = late or (held.raw if held else None)
    if raw is None:
        form = EntryForm(
            formdata=None, data={"received": clock.today(), "place": queries.own_place(actor().body)}
        )
    else:
        form = EntryForm(formdata=_sent(raw))
    sheet = Sheet(form, held, _names(form))
    form.shown.data = ""
    form.begin_here()
    sheet.shown |= {"late": late is not None, "kept": late is None and held is not None}
    if late is not None and held is not None and not _belongs(form, held):
        sheet.with_other(held.raw)
    return sheet


def sent() -> ResponseReturnValue:
    """The form came: keep it, take its scans, then do what its button says."""
    form = EntryForm()
    held = queries.entry(actor().id, ring())
    before = queries.line(form.entry.data or "") if held is None and form.entry.data else None
    if before is not None and before.entered_by == actor().id:
        return redirect(url_for("counter.slip"), 303)
    sheet = Sheet(form, held, _names(form))
    if held is not None and not _belongs(form, held):
        return _moved(sheet, held)
    try:
        sheet.held = actions.save(
            actor().id, held, _raw_of_form(form, outside=not sheet.names.may_keep_identity)
        )
    except actions.Moved:
        return _moved(sheet, queries.entry(actor().id, ring()))
    unsent.forget(actor().id, KEPT)
    return _done_as_pressed(sheet, sheet.held)


def _done_as_pressed(sheet: Sheet, held: Entry) -> ResponseReturnValue:
    if "discard" in request.form:
        actions.discard(held)
        flash(_("Đã xóa phần đang nhập."))
        return redirect(url_for("counter.enter"), 303)
    if "drop" in request.form:
        actions.detach(held, request.form["drop"])
        return sheet.page()
    if not _took_scans(sheet, held) or "attach" in request.form:
        return sheet.page()
    fits = sheet.form.validate()
    if not sheet.names.fit() or not fits:
        sheet.code = 422
        return sheet.page()
    if sheet.form.shown.data != sheet.names.shown:
        sheet.form.shown.data, sheet.shown["settled"] = sheet.names.shown, True
        return sheet.page()
    return _handed_in(sheet, held)


def _took_scans(sheet: Sheet, held: Entry) -> bool:
    """Clean and keep the files of this request; says why one is not taken."""
    for given in request.files.getlist("file"):
        if not given.filename:
            continue
        try:
            actions.attach(held, safe_name(given.filename), read_upload(given))
        except FileRefused as fault:
            sheet.form.file.errors = [f"{safe_name(given.filename)}: {refusal_text(fault.reason)}"]
            sheet.code = 422
            return False
        except Busy:
            sheet.form.file.errors = [str(_BUSY)]
            sheet.code = 503
            return False
    return True


def _handed_in(sheet: Sheet, held: Entry) -> ResponseReturnValue:
    """Seal and store; then the slip, once."""
    form, settings = sheet.form, current_app.config["SETTINGS"]
    paper = actions.Paper(
        form.channel.data,
        form.received.data.first,
        register_number(form.register_no.data),
        not form.no_slip.data,
    )
    given = {"pepper": current_app.config["PEPPER"], "identity_store": settings.identity_store, "held": held}
    board = queries.board(actor().body)
    sheet.code = 422
    try:
        result = actions.hand_in(actor(), board, sheet.names.telling(), paper, **given)
    except actions.NumberTaken:
        form.register_no.errors = [_("Số này đã có trong sổ của năm %(year)s", year=paper.year)]
        return sheet.page()
    except UnknownUnit:
        form.place.errors = [_("Nơi này vừa thay đổi. Hãy ghi lại.")]
        return sheet.page()
    if isinstance(result, NobodyLeft):
        sheet.shown["nobody"] = True
        return sheet.page()
    return _with_slip(result, held, paper)


def _with_slip(result: Sent, held: Entry, paper: actions.Paper) -> ResponseReturnValue:
    """The page of the slip can be opened for ten minutes, by this officer in this browser (decisions 11)."""
    response = make_response(redirect(url_for("counter.slip"), 303))
    content: dict[str, Any] = {
        "entry": held.id,
        "account": actor().id,
        "code": result.code if paper.slip else "",
    }
    content |= {
        "look": result.next_look.isoformat(),
        "outside": not result.anonymous and not result.identity_kept,
    }
    seal_cookie(response, SLIP, content, seconds=SLIP_SECONDS)
    return response


def _moved(sheet: Sheet, other: Entry | None) -> ResponseReturnValue:
    """Another window went on: both texts are shown, nothing is overwritten."""
    sheet.held, sheet.code = other, 409
    sheet.form.shown.data = ""
    sheet.shown["moved"] = True
    return sheet.with_other(other.raw if other else {}).page()


def _belongs(form: EntryForm, held: Entry) -> bool:
    return (form.entry.data, form.seen.data) == (held.id, str(held.version))


def _names(form: EntryForm) -> Names:
    return Names(form, current_app.config["SETTINGS"].identity_store)


def _sent(raw: Raw) -> MultiDict[str, str]:
    return MultiDict([(name, value) for name, values in raw.items() for value in values])


def _raw_of_form(form: EntryForm, *, outside: bool = False) -> Raw:
    """What stands in the fields as it was sent; a name that stays outside the portal is not kept at all."""
    left_out = {"name", "phone", "address"} if outside else set()
    raw = raw_of(request.form) if request.method == "POST" else _typed(form)
    return {name: values for name, values in raw.items() if name not in left_out}


def _typed(form: EntryForm) -> Raw:
    """The texts of a form that was filled from what was kept."""
    return {one.name: [str(one.data)] for one in form if isinstance(one.data, str)}


def _differing(other: Raw, mine: Raw) -> Iterator[tuple[str, str]]:
    """The fields that read otherwise in the other window: label, text."""
    labels = EntryForm(formdata=None)
    for name, values in other.items():
        if name not in _NOT_TYPED and name in labels and values != mine.get(name, [""]):
            yield str(labels[name].label.text), "\n".join(values)
