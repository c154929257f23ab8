"""Pages of substitution during leave: who stands in for whom, named and ended by the lead."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.casework import actions, forms, queries
from portal.casework.routes.reading import bp
from portal.domain.life import IllegalStep
from portal.domain.permissions import Permission
from portal.papers import history, substitutes
from portal.web.access import actor, needs, or_404
from portal.web.i18n import _

SUBSTITUTE = Permission.CASEWORK_SUBSTITUTE


@bp.route("/thay-nguoi", methods=["GET", "POST"])
@needs(SUBSTITUTE)
def substitute() -> ResponseReturnValue:
    """What is named, and the form for one more."""
    body = or_404(queries.body(actor().body), SUBSTITUTE)
    form = forms.SubstituteForm().offer([(one.id, one.display_name) for one in queries.officers(body.id)])
    sent = form.is_submitted()
    if sent and form.validate():
        try:
            actions.name_substitute(
                actor(),
                body,
                officer_id=form.officer.data,
                substitute_id=form.substitute.data,
                first=form.first.data.first,
                last=form.last.data.first,
            )
        except actions.NotNamed as fault:
            field, text = forms.NOT_NAMED[fault.why]
            form[field].errors = [str(text)]
        except actions.NotAMember:
            form.officer.errors = [_("Người này không còn là kiểm tra viên của ủy ban.")]
        else:
            flash(_("Đã ghi người thay."))
            return redirect(url_for("casework.substitute"), 303)
    named = substitutes.not_over(body.id)
    people = history.account_names([who for one in named for who in (one.officer_id, one.substitute_id)])
    page = render_template("casework/substitute.html", form=form, named=named, people=people)
    return page, 422 if sent else 200


@bp.route("/thay-nguoi/<substitution_id>/ket-thuc", methods=["GET", "POST"])
@needs(SUBSTITUTE)
def end_substitution(substitution_id: str) -> ResponseReturnValue:
    """End it before its last day."""
    row = or_404(substitutes.one(substitution_id), SUBSTITUTE)
    form = forms.EndForm()
    if form.validate_on_submit():
        try:
            actions.end_substitution(actor(), row)
            flash(_("Đã kết thúc việc thay."))
        except IllegalStep:
            flash(_("Việc thay này đã hết từ trước."))
        return redirect(url_for("casework.substitute"), 303)
    people = history.account_names([row.officer_id, row.substitute_id])
    return render_template("casework/end_substitution.html", form=form, row=row, people=people)
