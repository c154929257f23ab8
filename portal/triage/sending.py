"""The sheet on which a reviewer confirms where a case goes and what goes along."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wtforms.fields.choices import SelectChoice

from portal.domain import routing
from portal.domain.permissions import Actor
from portal.domain.redaction import Passage, passages
from portal.triage import actions, forms, showing
from portal.vault.ring import KeyRing
from portal.web.i18n import _, format_date
from portal.web.stale import Pair, Standing, in_words

if TYPE_CHECKING:
    from portal.data.models.case import Case


@dataclass
class Piece:
    """One report on the sheet: its version for the committee, and what may point to its writer."""

    bundle: actions.Bundle
    form: forms.VersionForm
    passages: list[Passage]


@dataclass
class Sheet:
    """The proposal of the engine, and the pieces that go along."""

    actor: Actor
    case: "Case"
    ring: KeyRing
    form: forms.RouteForm
    proposal: actions.Proposal
    pieces: list[Piece]

    @property
    def answer(self) -> routing.Answer:
        return self.proposal.answer

    @property
    def found(self) -> routing.Route | None:
        """The committee, where the engine names one."""
        return self.proposal.route

    @property
    def why(self) -> str:
        """Why the engine names nobody: a code that the page explains."""
        return str(self.proposal.told["code"])

    @property
    def links(self) -> list[dict[str, str]]:
        """The steps that do what the engine advises."""
        return showing.guides(self.case, self.why)

    def valid(self) -> bool:
        """Whether every version may leave; fills the errors of each."""
        faults = [piece for piece in self.pieces if not piece.form.validate()]
        return not faults

    def send(self) -> None:
        """Route, or hand over outside; raises NotRoutable."""
        if self.found is None:
            raise actions.NotRoutable("undecided")
        if not self.form.looked_through.data:
            raise actions.NotRoutable("not_looked_through")
        if not self.valid():
            raise actions.NotRoutable("handover")
        given: dict[str, Any] = {
            "committee_id": self.found.body.id,
            "versions": tuple(_version(piece) for piece in self.pieces),
            "seen": self.form.version,
        }
        if self.found.active:
            actions.route(self.actor, self.case, self.ring, **given)
        else:
            number = self.form.register_no.data
            if not number:
                raise actions.NotRoutable("not_active")
            actions.hand_over(self.actor, self.case, self.ring, register_no=number, **given)


def sheet(actor: Actor, case: "Case", ring: KeyRing, form: forms.RouteForm) -> Sheet:
    """Open the case for sending: the engine's answer and the pieces, as chosen and typed so far."""
    found, proposal = actions.prepare(actor, case, ring)
    return Sheet(actor, case, ring, form, proposal, [_piece(number, one) for number, one in enumerate(found)])


def standing(sheet: Sheet) -> Standing:
    """What the residents told as it stands now, beside the versions as they were made on the sheet."""
    now = (
        {"narrative": _told(one.bundle), "where": one.bundle.opened.content["where"]} for one in sheet.pieces
    )
    made = (one.form for one in sheet.pieces)
    return Standing(
        tuple(
            Pair(
                str(form[name].label.text),
                in_words(form[name], told[name]),
                in_words(form[name], form[name].data),
            )
            for form, told in zip(made, now, strict=True)
            for name in told
        )
    )


def _piece(number: int, bundle: actions.Bundle) -> Piece:
    where = bundle.opened.content["where"]
    ids = [file.id for file in bundle.files]
    given = {"narrative": _told(bundle), "where": where, "files": ids}
    form = forms.VersionForm(prefix=f"r{number}-", data=given)
    form.files.choices = [SelectChoice(file.id, file.name) for file in bundle.files]
    return Piece(bundle, form, passages(f"{form.narrative.data or ''}\n{form.where.data or ''}"))


def _told(bundle: actions.Bundle) -> str:
    """The story, and below it what its writer added, each with its day."""
    parts = [bundle.opened.content["story"]]
    for letter in bundle.added:
        if text := letter.content.get("text"):
            parts.append(_("Bổ sung ngày %(day)s:", day=format_date(letter.sent_on)) + f"\n{text}")
    return "\n\n".join(parts)


def _version(piece: Piece) -> actions.HandoverVersion:
    return actions.HandoverVersion(
        report_id=piece.bundle.opened.report.id,
        narrative=piece.form.narrative.data,
        where=piece.form.where.data,
        file_ids=tuple(piece.form.files.data or ()),
    )
