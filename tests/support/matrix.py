"""The reviewed table of tests/pages/test_matrix.py: every route, whom it is for, on which objects.

Written by hand from the design, not from the permissions of the code: where the two differ, one is wrong.
A row names the endpoint, for whom it is, and what it answers to them; everybody else gets the answer of his
kind (`refused`). A route without a row, or a row without a route, fails the test.
"""

from tests.support.askers import HOLDERS, What, admitted, everybody, staff
from tests.support.matrix_casework import life_rows
from tests.support.matrix_desk import DESK, oneself_or_lead
from tests.support.matrix_grouping import grouping_rows
from tests.support.matrix_keeping import KEEPING
from tests.support.matrix_register import REGISTER
from tests.support.matrix_rights import (
    any_inspector,
    any_reviewer,
    askers_and_custodians,
    auditors,
    custodians,
    disablers,
    founders,
    here_or_below,
    holders,
    inspectors,
    inviters,
    inviters_here_or_below,
    its_holder,
    its_member,
    lead_inspectors,
    leads,
    leads_here_or_below,
    leads_of_others,
    of_either,
    officers,
    registrars,
    reviewers,
    reviewers_or_followers,
)
from tests.support.matrix_rounds import ROUNDS
from tests.support.matrix_shapes import (
    AGAIN,
    CONFLICT,
    DATED,
    DAY,
    GONE,
    MALFORMED,
    MOVES,
    OK,
    PARTS,
    SEE_OTHER,
    TEXT,
    Row,
    nothing,
)
from tests.support.matrix_shapes import button as _button
from tests.support.matrix_shapes import form as _form
from tests.support.matrix_shapes import read as _read
from tests.support.world import BARRED, PLACES, World, committee, front

# Who has a right, in the words of the design. ------------------------------------------------------------


# What is asked for. ----------------------------------------------------------------------------------------


def _places(world: World, kind: str, name: str) -> list[What]:
    given = [
        What(f"{place}'s", {name: world.ids[place][kind]}, front=front(place), committee=committee(place))
        for place in PLACES
    ]
    return given + _nobodys(name)


def _nobodys(name: str, **others: str) -> list[What]:
    return [What("missing", {name: "0" * 16} | others)] + [
        What(f"malformed {text[:6]!r}", {name: text} | others) for text in MALFORMED[:3]
    ]


def _of_holders(world: World, kind: str, name: str, field: str) -> list[What]:
    found = [
        What(f"{place}'s", {name: world.ids[place][field]}, receipt=f"holder, {kind} report, {place}")
        for place in HOLDERS
    ]
    return found + _nobodys(name)


def questions(world: World) -> list[What]:
    return _of_holders(world, "routed", "question_id", "question")


def declined(world: World) -> list[What]:
    return _of_holders(world, "declined", "case_id", "declined")


def withdrawable(world: World) -> list[What]:
    return _of_holders(world, "routed", "case_id", "accepted")


def letters_files(world: World) -> list[What]:
    """Files of institutions' letters: none was sent; those of the report and of the case are not shown."""
    own = world.ids["own"]
    found = [What(name, {"file_id": own[name]}) for name in ("file", "copy")]
    return found + _nobodys("file_id")


def received(world: World) -> list[What]:
    """Cases at Front boards, and one that was routed, which the board may go on reading."""
    routed = What("own, routed", {"case_id": world.ids["own"]["accepted"]}, front=front("own"))
    return [
        *_places(world, "received", "case_id"),
        routed,
        *_shut(world, "barred", "locked", front=front("own")),
    ]


def _shut(world: World, barred: str, locked: str, name: str = "case_id", **whose: str) -> list[What]:
    """A case that some have no part in, and one that the body lost: nobody there has it any more."""
    ids = world.ids["own"]
    mine = What("own, barred for some", {name: ids[barred]}, barred=BARRED, **whose)
    return [mine, What("own, locked", {name: ids[locked]})]


def followed(world: World) -> list[What]:
    """Those, the case beside one on its other track, and one that the own board referred to the city's."""
    ids = world.ids["own"]
    twin = What("own, other track", {"case_id": ids["twin"]}, front=front("own"))
    referred = What("referred", {"case_id": ids["referred"]}, front=front("parent"), follower=front("own"))
    return [*received(world), twin, referred]


def accepted(world: World) -> list[What]:
    """Cases at committees, and one that no committee has."""
    mine = What("not routed", {"case_id": world.ids["own"]["received"]})
    shut = _shut(world, "barred_case", "locked_case", committee=committee("own"))
    return [*_places(world, "accepted", "case_id"), mine, *shut]


def either(world: World) -> list[What]:
    """Cases as seen from the board and from the committee; a board follows what it routed."""
    ids, own, other = world.ids, front("own"), committee("own")
    found = [
        What(f"{place}'s {kind}", {"case_id": ids[place][kind]}, front(place), whose)
        for place in PLACES
        for kind, whose in (("received", ""), ("accepted", committee(place)))
    ]
    found += _shut(world, "barred", "locked", front=own)
    routed = {"case_id": ids["own"]["barred_case"]}
    found.append(What("routed, barred for some", routed, own, other, barred=f"lead.{other}"))
    found.append(What("routed, locked", {"case_id": ids["own"]["locked_case"]}, own))
    return found + _nobodys("case_id")


def relatives(world: World) -> list[What]:
    """A relative that the lead of the own ward declared."""
    mine = {"relative_id": world.ids["own"]["relative"]}
    return [What("the lead's", mine, account=f"lead.{front('own')}"), *_nobodys("relative_id")]


def tasks(world: World) -> list[What]:
    """What the city is to seal anew for the own ward."""
    ids = world.ids["own"]
    board = What("the board's", {"lock_id": ids["locked_task"]}, front=front("parent"))
    other = What("the committee's", {"lock_id": ids["locked_case_task"]}, committee=committee("parent"))
    return [board, other, *_nobodys("lock_id")]


def _files(world: World, case: str, file: str) -> list[What]:
    both = [
        What(
            f"{place}'s",
            {"case_id": world.ids[place][case], "file_id": world.ids[place][file]},
            front=front(place),
            committee=committee(place),
        )
        for place in PLACES
    ]
    own, other = world.ids["own"], world.ids["sibling"]
    crossed = What("own case, sibling's file", {"case_id": own[case], "file_id": other[file]})
    reverse = What("sibling's case, own file", {"case_id": other[case], "file_id": own[file]})
    return [*both, crossed, reverse, *_nobodys("file_id", case_id=own[case])]


def received_files(world: World) -> list[What]:
    return _files(world, "received", "file")


def handed_files(world: World) -> list[What]:
    return _files(world, "accepted", "copy")


def identities(world: World) -> list[What]:
    bare = What("without identity", {"report_id": world.ids["own"]["routed_report"]})
    shut = _shut(world, "barred_report", "locked_report", "report_id", front=front("own"))
    return [*_places(world, "report", "report_id"), bare, *shut]


def openings(world: World) -> list[What]:
    shut = _shut(world, "barred_opening", "locked_opening", "opening_id", front=front("own"))
    return [*_places(world, "opening", "opening_id"), *shut]


def bodies(world: World) -> list[What]:
    above = {"C27019b": "P79b", "C27013b": "P79b", "P79b": "VN"}
    found = [
        What(f"{kind}.{area}", {"body_id": f"{kind}.{area}"}, front=f"{kind}.{area}", above=f"{kind}.{up}")
        for kind in ("front", "inspection")
        for area, up in above.items()
    ]
    return [*found, What("front.VN", {"body_id": "front.VN"}, front="front.VN"), *_nobodys("body_id")]


def members(world: World) -> list[What]:
    """Somebody of each body, the lead of the own one, and one who waits there."""
    found = []
    above = {"own": "front.P79b", "sibling": "front.P79b", "parent": "front.VN"}
    for place in PLACES:
        login = f"member.{front(place)}"
        values = {"member_id": world.people[login].member_id}
        found.append(What(f"{place}'s", values, front=front(place), account=login, above=above[place]))
    for who in ("lead", "waiting"):
        login = f"{who}.{front('own')}"
        values = {"member_id": world.people[login].member_id}
        found.append(What(f"own {who}", values, front=front("own"), account=login, above="front.P79b"))
    return found + _nobodys("member_id")


def invitations(world: World) -> list[What]:
    values = {"body_id": front("own"), "start": world.ids["own"]["invitation"]}
    own = What("own", values, front=front("own"), above="front.P79b")
    elsewhere = What("own start, sibling's body", values | {"body_id": front("sibling")})
    return [own, elsewhere, What("missing", values | {"start": "0" * 16})]


def sessions(world: World) -> list[What]:
    """The own session of the lead of the own ward; to everybody else it is somebody else's."""
    mine = What("the lead's", {"start": world.ids["own"]["session"]}, account=f"lead.{front('own')}")
    return [mine, What("missing", {"start": "0" * 16})]


def tokens(world: World) -> list[What]:
    return [What("right", {"token": world.invitation}), What("wrong", {"token": "0" * 64})]


def steps(world: World) -> list[What]:
    return [What(slug, {"slug": slug}) for slug in ("dia-ban", "ke-lai", "khong-co")]


def _unpublished(world: World) -> list[What]:
    """Nothing is published in this world; tests/pages/test_results.py reads what is."""
    return _nobodys("public_id")


def statics(world: World) -> list[What]:
    return [What("style", {"filename": "css/portal.css"})]


# The table. ------------------------------------------------------------------------------------------------


def of_public(row: Row) -> bool:
    """Everybody may: officials are then nobody in particular."""
    return row.right is everybody


_FACTS = {"who": "person", "post": "none", "member": "unknown", "status": "unknown"}

ROWS: dict[str, Row] = {
    "guide.home": _read(everybody),
    "guide.accessibility": _read(everybody),
    "guide.danger": _read(everybody),
    "guide.data": _read(everybody),
    "guide.denunciation": _read(everybody),
    "guide.handbook": _read(everybody),
    "guide.rights": _read(everybody),
    "guide.safety": _read(everybody),
    "guide.secrecy": _read(everybody),
    "guide.way": _read(everybody),
    "guide.what": _read(everybody),
    "guide.writing": _read(everybody),
    "results.published": _read(everybody),
    "results.one": _read(everybody, _unpublished, GONE),
    "health.alive": _read(everybody),
    "health.ready": _read(everybody),
    "static": _read(everybody, statics),
    # The form: open to all; without a draft, or too far ahead, it leads to where one begins.
    "intake.start": _read(everybody),
    "intake.kind": _read(everybody, nothing, OK, SEE_OTHER),
    "intake.choose_kind": _button(everybody, kind="act"),
    "intake.step": _read(everybody, steps, OK, SEE_OTHER, GONE),
    "intake.answer": _button(everybody, steps, SEE_OTHER, GONE, story=TEXT),
    "intake.search": _button(everybody, q="Tân Sơn Nhì"),
    "intake.upload": _button(everybody),
    "intake.remove_file": _button(everybody, file="0" * 16),
    "intake.check": _read(everybody, nothing, SEE_OTHER),
    "intake.submit": _button(everybody, version="1"),
    "intake.receipt": _read(everybody, nothing, SEE_OTHER),
    "intake.print_receipt": _read(everybody, nothing, SEE_OTHER),
    "intake.reminder": _read(everybody, nothing, SEE_OTHER),
    "intake.slip": _read(everybody, nothing, SEE_OTHER),
    "intake.saved": _button(everybody),
    "intake.guidance": _read(everybody),
    "intake.outside": _read(everybody),
    "intake.gone": _read(everybody),
    "intake.forget": _button(everybody),
    "intake.done": _read(everybody),
    # The mailbox: open to whoever holds a receipt, and only for what is his.
    "mailbox.enter": _read(everybody),
    "mailbox.look_up": _button(everybody, code="00000000000000000000000Z"),
    "mailbox.leave": _button(everybody),
    "mailbox.status": _read(holders),
    "mailbox.remind": _read(holders),
    # A code that no officer saw is not changed: both lead back.
    "mailbox.fresh_code": _read(holders, nothing, SEE_OTHER),
    "mailbox.take_code": _button(holders, name=""),
    "mailbox.add": _form(holders, nothing, body="", text=TEXT),
    "mailbox.file": _read(lambda who, what: False, letters_files),
    "mailbox.reply": _form(its_holder, questions, text=TEXT),
    "mailbox.rate": _form(
        lambda who, what: who.name.startswith("holder, declined"), nothing, rating="neutral", text=""
    ),
    "mailbox.look": _form(lambda who, what: False, nothing, suffered="no"),
    "mailbox.reprisal": _form(holders, nothing, text=TEXT),
    "mailbox.review": _form(its_holder, declined, text=TEXT),
    "mailbox.withdraw": _form(its_holder, withdrawable, pressed="no", text=""),
    # Staff: signing in, one's own account.
    "accounts.sign_in": _form(everybody, nothing, AGAIN, 429, login="ai-do", passphrase="sai", code="1"),
    "accounts.recover": _form(everybody, nothing, AGAIN, 429, login="ai-do", recovery="sai", new="x"),
    "accounts.slip": Row(everybody, nothing, (SEE_OTHER,), (SEE_OTHER,)),
    "accounts.invitation": _read(everybody, tokens, SEE_OTHER),
    "accounts.accept": Row(everybody, nothing, (OK, GONE), (AGAIN, GONE)),
    "accounts.sign_out": _button(staff),
    "accounts.home": _read(staff, nothing, SEE_OTHER),
    "accounts.waiting": _read(staff, nothing, OK, SEE_OTHER),
    "accounts.confirm": _form(staff, nothing, AGAIN, 429, passphrase="sai"),
    "accounts.passphrase": _form(staff, nothing, AGAIN, 429, old="sai", new="x", again="x"),
    "accounts.email": _button(staff, email="can.bo@coquan.example"),
    "accounts.sessions": _read(staff),
    "accounts.end_session": _button(
        lambda who, what: bool(what.account) and who.login == what.account, sessions
    ),
    # Staff: the people and keys of bodies.
    "accounts.members": _read(admitted, nothing, SEE_OTHER),
    "accounts.body_members": _read(here_or_below, bodies),
    "accounts.link": _read(inviters, nothing, SEE_OTHER),
    "accounts.invite": _form(
        inviters_here_or_below, bodies, SEE_OTHER, AGAIN, display_name="Ai đó", roles="auditor"
    ),
    "accounts.withdraw": _button(inviters_here_or_below, invitations, SEE_OTHER, GONE),
    "accounts.admit": _form(leads_of_others, members, SEE_OTHER, CONFLICT, shown="", same="no"),
    "accounts.roles": _form(leads_of_others, members, SEE_OTHER, roles="reviewer"),
    "accounts.end": _form(leads_of_others, members, SEE_OTHER, AGAIN, sure="y"),
    "accounts.disable": _form(disablers, members, SEE_OTHER, sure="y"),
    "accounts.invite_again": _form(inviters_here_or_below, members, SEE_OTHER, AGAIN),
    "accounts.leave": _form(oneself_or_lead, members, AGAIN, substitute="0" * 16, reason="sick"),
    "accounts.found": _form(founders, bodies, AGAIN, sure="y"),
    "accounts.rotate": _form(leads_here_or_below, bodies, sure="y"),
    "accounts.rotate_below": _form(leads, nothing, sure="y"),
    # The Front board.
    "triage.queue": _read(any_reviewer),
    "triage.case": _read(reviewers_or_followers, followed),
    "triage.print_case": _form(reviewers_or_followers, followed, OK, profile="full"),
    "triage.note": _form(reviewers, received, *MOVES, text=TEXT, audience="body"),
    "triage.refer": _form(reviewers, followed, *MOVES, AGAIN),
    "triage.open_track": _form(reviewers, followed, *MOVES, AGAIN),
    **grouping_rows(reviewers, any_reviewer, received),
    "triage.file": _read(reviewers, received_files),
    "triage.classify": _form(reviewers, received, *MOVES, kind="petition", why=TEXT),
    "triage.facts": _form(reviewers, received, *MOVES, **_FACTS),
    "triage.ask": _form(reviewers, received, *MOVES, text=TEXT, send="1"),
    "triage.write": _form(reviewers, received, *MOVES, text=TEXT, send="1"),
    "triage.resume": _form(reviewers, received, *MOVES, reason=TEXT),
    "triage.decline": _form(reviewers, received, *MOVES, reason="no_facts", text=TEXT, send="1"),
    "triage.commend": _form(reviewers, received, *MOVES, text=TEXT, send="1"),
    "triage.route": _form(reviewers, received, *MOVES, AGAIN, looked_through="y", send="1"),
    "triage.record_return": _form(reviewers, received, *MOVES, **PARTS, **DATED),
    "triage.answer": _form(reviewers, received, *MOVES, AGAIN),
    "triage.close": _form(reviewers, received, *MOVES, AGAIN),
    # The counter of a Front board: papers, calls and visits.
    "counter.register": _read(any_reviewer),
    "counter.print_register": _read(any_reviewer),
    "counter.enter": _form(any_reviewer, nothing, AGAIN, channel="paper", story=TEXT),
    "counter.slip": _read(any_reviewer, nothing, SEE_OTHER),
    "counter.handed": _button(any_reviewer),
    # Both: searching the body's own cases; what is found stands in the answer to the POST.
    "search.find": _form(officers, nothing, OK, words="can bo", number="HS-0000-0000"),
    # The inspection committee.
    "casework.queue": _read(any_inspector),
    "casework.print_case": _form(inspectors, accepted, OK, profile="full"),
    "casework.case": _read(inspectors, accepted),
    "casework.file": _read(inspectors, handed_files),
    "casework.accept": _form(lead_inspectors, accepted, *MOVES),
    "casework.return_case": _form(lead_inspectors, accepted, *MOVES, reason=TEXT),
    "casework.assign": _form(lead_inspectors, accepted, *MOVES, AGAIN, account="0" * 16),
    "casework.note": _form(inspectors, accepted, *MOVES, text=TEXT),
    "casework.ask": _form(inspectors, accepted, *MOVES, AGAIN, report="0" * 16, text=TEXT, send="1"),
    "casework.begin_verification": _form(inspectors, accepted, *MOVES, plan=TEXT),
    **life_rows(inspectors, lead_inspectors, accepted),
    "casework.record_explanation": _form(inspectors, accepted, *MOVES, refused="no", text=TEXT, **DATED),
    "casework.conclude": _form(inspectors, accepted, *MOVES, AGAIN, **PARTS),
    "casework.answer": _form(lead_inspectors, accepted, *MOVES, AGAIN),
    "casework.close": _form(lead_inspectors, accepted, *MOVES),
    # Conflicts of interest: relatives, standing aside, a person added, sealing anew for the body below.
    "conflicts.relatives": _form(staff, nothing, relation="sibling", name="Phạm Thị Em"),
    "conflicts.drop": _button(its_member, relatives),
    "conflicts.aside": _form(of_either, either, sure="y"),
    "conflicts.name_for_board": _form(reviewers, received, *MOVES, name="Phan Văn Lạ"),
    "conflicts.name_for_committee": _form(inspectors, accepted, *MOVES, name="Phan Văn Lạ"),
    "conflicts.tasks": _read(officers),
    "conflicts.task": _read(of_either, tasks),
    "conflicts.go_on": _button(of_either, tasks),
    **KEEPING,
    **REGISTER,
    **ROUNDS,
    **DESK,
    # The calendar of days off.
    "calendar.days": _read(staff),
    "calendar.set_day": _form(
        registrars, nothing, effect="off", what="Nghỉ tránh bão", source="Công điện 1", **DAY
    ),
    "calendar.confirm_year": _form(registrars, nothing, year="2027", confirmed="yes", source="Thông báo 1"),
    # Oversight: the log, and identities by two persons.
    "oversight.entries": _read(auditors),
    "oversight.failures": _read(auditors),
    "oversight.verify": _button(auditors),
    "oversight.openings": _read(askers_and_custodians),
    "oversight.ask": _form(reviewers, identities, reason=TEXT),
    "oversight.decide": _form(custodians, openings, decision="refuse"),
    "oversight.read": _read(
        lambda who, what: reviewers(who, what) and who.role == "member", openings, CONFLICT
    ),
}
