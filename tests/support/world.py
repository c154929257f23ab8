"""A country at work, for tests of who may see what: reports, cases, files and requests at three bodies.

    made = prepared("world", world.found).made          # a World; the store is open

`own` is the ward of Tân Sơn Nhì, `parent` the city above it, `sibling` the ward of Tây Thạnh. Each has a
report at its Front board (received, with a file and a sealed contact), a case at its inspection committee
(accepted), and a request to open the identity that waits for its custodian. Everything that somebody typed
holds a token; `token(place, what)` is that word, and TOKEN finds any of them in the bytes of an answer.

Added to the people of tests/support/people.py, all in the own ward: a reviewer and an inspector who wait to
be admitted, a reviewer whose account is disabled, one who left, an administrator, an auditor, a registrar.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from portal.accounts import actions as accounts
from portal.accounts import credentials
from portal.accounts.names import token_digest
from portal.accounts.session_times import session_place
from portal.action import session
from portal.casework import actions as casework
from portal.config import Settings
from portal.conflicts import actions
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.account import Account, Member, StaffSession
from portal.data.models.case import Case
from portal.data.models.conflict import CaseLock, Relative
from portal.data.models.desk import Mention, SavedFilter, StandardText
from portal.data.models.leave import Leave
from portal.data.models.report import Attachment, Identity, Message, MessageKind, Report
from portal.data.models.round import Round
from portal.desk import actions as desk
from portal.desk import queries as desk_queries
from portal.domain import clock
from portal.domain.conflicts import BarReason, Relation
from portal.domain.declining import DeclineReason
from portal.domain.holding import Holding
from portal.domain.kinds import Kind
from portal.domain.parties import CENTRE, BodyKind, Level, PostFacts, PostGroup, SuccessorFacts
from portal.domain.permissions import ANYBODY, Actor, ActorKind, Role
from portal.domain.post_drafts import Op, PostChange
from portal.domain.reprisals import Measure
from portal.domain.rounds import Demand, Subject
from portal.domain.standard import TextUse
from portal.domain.substituting import LeaveReason
from portal.domain.telling import Contact, Office, Openness
from portal.domain.undoing import as_areas_csv, as_successors_csv
from portal.intake.actions.reprisal import report_reprisal
from portal.intake.queries import mailbox
from portal.oversight import actions as oversight
from portal.papers import conflicts as papers
from portal.registry import actions as registry
from portal.rounds import actions as rounds
from portal.triage import actions as triage
from portal.vault.sessions import lock, new_session, parse_cookie
from tests.support import make, people
from tests.support.people import CHEAP, PASSPHRASE, People
from tests.support.world_grouping import grouped

DAY = date(2026, 1, 1)
TOKEN = re.compile(rb"zq[a-z]+qz")
PLACES = {"own": "C27019b", "parent": "P79b", "sibling": "C27013b"}
# Relatives of theirs are named in the barred cases.
BARRED = "lead.front.C27019b custodian.front.C27019b auditor.front.C27019b lead.inspection.C27019b"
MISSING = {
    "case_id": "0000000000000000",
    "report_id": "0000000000000000",
    "member_id": "0000000000000000",
    "opening_id": "0000000000000000",
    "file_id": "0000000000000000",
    "body_id": "front.C99999b",
}


@dataclass
class World:
    """The ids of what was made, by place ("own", "parent", "sibling") and kind."""

    people: People
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    invitation: str = ""
    settings: Settings | None = None


def token(place: str, what: str) -> str:
    """A word that stands nowhere but in one text of one place."""
    return f"zq{place}{what}qz"


def front(place: str) -> str:
    return f"front.{PLACES[place]}"


def committee(place: str) -> str:
    return f"inspection.{PLACES[place]}"


def found(settings: Settings) -> World:
    """The whole world; see the head of this file."""
    made = World(people.found(settings))
    for place in PLACES:
        made.ids[place] = {
            "front_body": front(place),
            "committee_body": committee(place),
            "member": made.people[f"member.{front(place)}"].member_id,
        }
        _received(made, settings, place)
        _accepted(made, settings, place)
        _declined(made, settings, place)
    _linked(made, settings)
    _supervised(made)
    _suffered(made, settings)
    made.ids["own"] |= grouped(made.people, settings)
    _newcomers(made)
    conflicts(made, settings)
    _registered(made)
    return made


def _registered(made: World) -> None:
    """The register at work: registrars of the centre, a draft by one of them, a plan in the city."""
    for who in ("registrar", "registrar2"):
        people.join(made.people, "lead.front.VN", "front.VN", who, {Role.REGISTRAR})
    actor = made.people.actor("registrar.front.VN")
    ground = registry.Ground("Quyết định thử", "")
    row = PostFacts(
        "",
        "committee.commune.tester",
        BodyKind.COMMITTEE,
        Level.COMMUNE,
        "Công chức thử",
        PostGroup.STAFF,
        Level.COMMUNE,
        BodyKind.COMMITTEE,
        Level.COMMUNE,
        source="MEM",
        settler_source="LTC 13(1)",
    )
    change = PostChange(Op.ADD, row.post, row)
    draft = registry.draft_posts(actor, Holding(CENTRE), changes=(change,), day=DAY, ground=ground)
    ends = replace(people.WARDS[4], valid_to=clock.today() - timedelta(days=1))
    links = [SuccessorFacts(ends.id, people.WARDS[3].id, whole=True)]
    files = registry.AreaFiles(as_areas_csv([ends]), as_successors_csv(links))
    plan = registry.plan_reorganisation(actor, Holding(CENTRE), files=files, source_doc="Nghị quyết thử")
    made.ids["own"] |= {"draft": draft, "plan": plan}


def _office(place: str) -> dict[str, Any]:
    level = Level.PROVINCE if place == "parent" else Level.COMMUNE
    area_id = PLACES[place]
    office = Office(
        body_id=f"committee.{area_id}",
        body_name=f"Ủy ban nhân dân {token(place, 'office')}",
        kind=BodyKind.COMMITTEE,
        level=level,
        area_id=area_id,
        post_name="Công chức một cửa",
    )
    return {"area_id": area_id, "area_name": area_id, "office": office}


def _received(made: World, settings: Settings, place: str) -> None:
    """A confidential report that waits at the Front board, with a file and a kept contact."""
    contact = Contact(token(place, "name"), "0900 000 001", token(place, "home"))
    sent = make.report(
        settings,
        files=(make.stored(f"{token(place, 'file')}.jpg", b"\xff\xd8" + token(place, "bytes").encode()),),
        story=f"{make.STORY} {token(place, 'story')}",
        openness=Openness.CONFIDENTIAL,
        contact=contact,
        lead={},
        **_office(place),
    )
    assert sent.board_id == front(place), sent.board_id
    assert sent.identity_kept
    file_id = session().scalars(select(Attachment.id).where(Attachment.report_id == sent.report_id)).one()
    ids = made.ids[place]
    ids |= {"received": make.case_of(sent).id, "report": sent.report_id, "file": file_id}
    made.codes[place] = sent.code
    actor, ring = made.people.signed_in(f"member.{front(place)}")
    identity = session().get_one(Identity, sent.report_id)
    ids["opening"] = oversight.ask(actor, identity, ring=ring, reason=f"Lý do {token(place, 'reason')}")


def _accepted(made: World, settings: Settings, place: str) -> None:
    """An anonymous report that the Front board routed and the committee took on."""
    story = f"{make.STORY} {token(place, 'routed')}"
    file = make.stored(f"{token(place, 'sent')}.jpg", b"\xff\xd8" + token(place, "copy").encode())
    sent = make.report(settings, files=(file,), story=story, **_office(place))
    case = make.case_of(sent)
    actor, ring = made.people.signed_in(f"lead.{front(place)}")
    triage.classify(actor, case, ring, kind=Kind.PETITION, why=token(place, "why"), seen=case.version)
    files = tuple(session().scalars(select(Attachment.id).where(Attachment.report_id == sent.report_id)))
    version = triage.HandoverVersion(sent.report_id, f"Bản chuyển {token(place, 'handed')}", "Một cửa", files)
    level = Level.PROVINCE if place == "parent" else Level.COMMUNE
    make.established(actor, case, ring, level)
    given = {"committee_id": committee(place), "versions": (version,)}
    triage.route(actor, case, ring, seen=case.version, **given)
    actor, ring = made.people.signed_in(f"lead.{committee(place)}")
    casework.accept(actor, case, seen=case.version)
    casework.note(actor, case, ring, text=f"Ghi chú {token(place, 'note')}")
    text = f"Bạn nộp hồ sơ ngày nào? {token(place, 'asked')}"
    casework.ask(actor, case, ring, report_id=sent.report_id, text=text)
    wanted = select(Message.id).where(
        Message.report_id == sent.report_id, Message.kind == MessageKind.QUESTION
    )
    question = session().scalars(wanted).one()
    made.codes[f"{place} routed"] = sent.code
    copy = session().scalars(select(Attachment.id).where(Attachment.case_id == case.id)).one()
    made.ids[place] |= {"accepted": case.id, "copy": copy, "routed_report": sent.report_id}
    made.ids[place]["question"] = question


def _declined(made: World, settings: Settings, place: str) -> None:
    """A report that the Front board refused; its resident may rate that and ask for a review."""
    sent = make.report(settings, story=f"{make.STORY} {token(place, 'refused')}", **_office(place))
    case = make.case_of(sent)
    actor, ring = made.people.signed_in(f"lead.{front(place)}")
    text = f"Giải thích {token(place, 'told')}"
    triage.decline(actor, case, ring, reason=DeclineReason.NO_FACTS, text=text, seen=case.version)
    made.ids[place]["declined"] = case.id
    made.codes[f"{place} declined"] = sent.code


def _linked(made: World, settings: Settings) -> None:
    """In the own ward: a case with another on its other track, and one that was referred to the city."""
    actor, ring = made.people.signed_in(f"lead.{front('own')}")
    for what in ("tracks", "referred"):
        sent = make.report(settings, story=f"{make.STORY} {token('own', what)}", **_office("own"))
        case = make.case_of(sent)
        made.ids["own"][what] = case.id
        if what == "tracks":
            triage.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=case.version)
            made.ids["own"]["twin"] = triage.open_track(actor, case, ring, seen=case.version)
        else:
            triage.refer(actor, case, ring, seen=case.version)


def conflicts(made: World, settings: Settings) -> None:
    """In the own ward: a case from which the leads and the custodian are barred, and one that the body lost.

    Each at the Front board ("barred", "locked") and at the committee ("barred_case", "locked_case").
    """
    ids, own = made.ids["own"], PLACES["own"]
    for what in ("barred", "locked"):
        office = Office(
            body_id=f"committee.{own}",
            body_name=f"Ủy ban nhân dân {token('own', f'{what}office')}",
            kind=BodyKind.COMMITTEE,
            level=Level.COMMUNE,
            area_id=own,
        )
        given = {"area_id": own, "area_name": own, "office": office}
        contact = Contact(token("own", f"{what}name"), "0900 000 002", "")
        sent = make.report(
            settings,
            story=f"{make.STORY} {token('own', f'{what}story')}",
            openness=Openness.CONFIDENTIAL,
            contact=contact,
            lead={},
            **given,
        )
        ids |= {what: make.case_of(sent).id, f"{what}_report": sent.report_id}
        actor, ring = made.people.signed_in(f"member.{front('own')}")
        identity = session().get_one(Identity, sent.report_id)
        reason = f"Lý do {token('own', f'{what}reason')}"
        ids[f"{what}_opening"] = oversight.ask(actor, identity, ring=ring, reason=reason)
        ids[f"{what}_case"] = _handed(made, settings, what, given)
    _shut(made)
    actor, ring = made.people.signed_in(f"lead.{front('own')}")
    account = session().get_one(Account, actor.id)
    actions.declare_relative(actor, account, ring, name="Phạm Văn Anh", relation=Relation.SIBLING)
    ids["relative"] = session().scalars(select(Relative.id)).one()
    _desk(made)


def _desk(made: World) -> None:
    """What the own board's lead keeps on his desk, and where he named his colleague."""
    ids = made.ids["own"]
    actor, ring = made.people.signed_in(f"lead.{front('own')}")
    account, shelf = session().get_one(Account, actor.id), desk_queries.shelf(actor.body)
    desk.save_filter(actor, account, name="Sắp đến hạn", stage="triage", query={"late": "soon"})
    draft = desk.Draft(TextUse.QUESTION, None, "Hỏi ngày", "Hồ sơ [số hồ sơ]: việc xảy ra ngày nào?", DAY)
    desk.keep_text(actor, shelf, draft)
    case = session().get_one(Case, ids["received"])
    member = made.people.persons[f"member.{front('own')}"].account_id
    triage.note(actor, case, ring, text="Xem giúp.", mention=member, seen=case.version)
    for name, row in (("saved_filter", SavedFilter), ("text", StandardText), ("mention", Mention)):
        ids[name] = session().scalars(select(row.id)).one()
    _away(made)


def _away(made: World) -> None:
    """The own board's officer will be away next month, and its lead stands in."""
    actor, _ring = made.people.signed_in(f"lead.{front('own')}")
    place = session().get_one(Member, made.people[f"member.{front('own')}"].member_id)
    first = clock.today() + timedelta(days=30)
    days = {"first": first, "last": first + timedelta(days=4)}
    accounts.enter_leave(actor, place, substitute_id=actor.id, reason=LeaveReason.ANNUAL, **days)
    made.ids["own"]["leave"] = session().scalars(select(Leave.id)).one()


def _handed(made: World, settings: Settings, what: str, given: dict[str, Any]) -> str:
    """A case that the own committee has."""
    sent = make.report(settings, story=f"{make.STORY} {token('own', f'{what}routed')}", **given)
    case = make.case_of(sent)
    actor, ring = made.people.signed_in(f"member.{front('own')}")
    triage.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=case.version)
    make.established(actor, case, ring)
    version = triage.HandoverVersion(sent.report_id, f"Bản chuyển {token('own', f'{what}handed')}", "", ())
    wanted = {"committee_id": committee("own"), "versions": (version,)}
    triage.route(actor, case, ring, seen=case.version, **wanted)
    return case.id


def _shut(made: World) -> None:
    ids = made.ids["own"]
    for what, body in (
        ("barred", front("own")),
        ("barred_case", committee("own")),
    ):
        case = session().get_one(Case, ids[what])
        logins = (login for login in BARRED.split() if login.endswith(body))
        barred = {made.people[login].account_id: BarReason.RELATIVE for login in logins}
        act = Act("tests.barred", "system", None, day_only=False)
        with acting(act), db.transaction() as current:
            papers.bar(case, barred)
            audit.append(current, act)
    for what, body, add in (
        ("locked", front("own"), actions.name_for_board),
        ("locked_case", committee("own"), actions.name_for_committee),
    ):
        case = session().get_one(Case, ids[what])
        actor, ring = made.people.signed_in(f"member.{body}")
        assert add(actor, case, ring, name=f"Người member.{body}", seen=case.version)
        [lock] = session().scalars(select(CaseLock).where(CaseLock.case_id == case.id))
        ids[f"{what}_task"] = lock.id


def _suffered(made: World, settings: Settings) -> None:
    """A resident of the own ward suffers for a report: the city's board has that case, with a measure."""
    sent = make.report(settings, story=f"{make.STORY} {token('own', 'suffered')}", **_office("own"))
    found = mailbox.passed(sent.code, settings.pepper.encode())
    assert found is not None
    resident = Actor("reporter", ActorKind.REPORTER, report_id=sent.report_id)
    report = session().get_one(Report, sent.report_id)
    case_id = report_reprisal(resident, report, found.secret, text=f"Bị cắt việc {token('own', 'suffered')}.")
    actor, ring = made.people.signed_in(f"member.{front('parent')}")
    case = session().get_one(Case, case_id)
    assert case is not None
    given = {"measure": Measure.WORK, "body": "Liên đoàn Lao động", "text": "Đề nghị giữ việc làm."}
    one = triage.ask_protection(actor, case, ring, dated=clock.today(), **given)
    made.ids["own"] |= {"reprisal": case_id, "protection": one}


def _supervised(made: World) -> None:
    """Each board planned a supervision round; the own ward's other one has come to its follow-up."""
    for place in (*PLACES, "own"):
        actor = made.people.actor(f"member.{front(place)}")
        lead = made.people.actor(f"lead.{front(place)}")
        plan = rounds.Plan(
            Subject.RECEPTION,
            clock.today() + timedelta(days=40),
            (f"committee.{PLACES[place]}",),
            (actor.id,),
            f"Giám sát {token(place, 'round')}",
            "Xem việc tiếp công dân.",
            "Sổ tiếp công dân từ đầu năm.",
            "Hội trường",
        )
        one = session().get_one(Round, rounds.plan(actor, people.body(front(place)), plan))
        if "round" not in made.ids[place]:
            made.ids[place]["round"] = one.id
            if place == "own":
                rounds.link(actor, one, case_id=made.ids[place]["received"], seen=1)
            continue
        rounds.approve(lead, one, seen=one.version)
        dated = {"dated": clock.today(), "text": "Nội dung đủ dài của bước."}
        for act in (rounds.announce, rounds.hold, rounds.find):
            act(actor, one, seen=one.version, **dated)
        rounds.recommend(actor, one, seen=one.version, demand=Demand.WORK, **dated)
        rounds.record_answer(actor, one, seen=one.version, **dated)
        item = {"body_id": plan.bodies[0], "due_on": clock.today(), "text": "Trả lời mười đơn."}
        made.ids[place] |= {
            "followed": one.id,
            "item": rounds.follow_up(actor, one, seen=one.version, **item),
        }


def _newcomers(made: World) -> None:
    """People of the own ward in every state that is not simply admitted."""
    own, above = front("own"), committee("own")
    for login, body_id, role in (("waiting", own, Role.REVIEWER), ("waiting", above, Role.INSPECTOR)):
        _invited(made, login, body_id, role)
    for who, role in (
        ("admin", Role.ADMINISTRATOR),
        ("auditor", Role.AUDITOR),
        ("registrar", Role.REGISTRAR),
    ):
        people.join(made.people, "lead.front.C27019b", own, who, {role})
    lead = made.people.actor("lead.front.C27019b")
    for who, end in (("disabled", accounts.disable), ("left", accounts.end_membership)):
        person = people.join(made.people, "lead.front.C27019b", own, who, {Role.REVIEWER})
        end(lead, session().get_one(Member, person.member_id))
    made.invitation = accounts.invite(
        lead, people.body(own), display_name="Người chưa đến", roles=frozenset({Role.REVIEWER})
    )


def _invited(made: World, who: str, body_id: str, role: Role) -> None:
    login = f"{who}.{body_id}"
    lead = made.people.actor(f"lead.{body_id}")
    link = accounts.invite(lead, people.body(body_id), display_name=login, roles=frozenset({role}))
    mine = credentials.make(PASSPHRASE, cost=CHEAP)
    member = accounts.accept_invitation(ANYBODY, link, login=login, credentials=mine)
    made.people.persons[login] = people.Person(login, member.account_id, member.id, body_id)
    made.ids["own"].setdefault("waiting", member.id)


def seat(made: World, login: str) -> str:
    """The cookie of a session of this person, whatever became of his account or place since."""
    person = made.people[login]
    account = session().get_one(Account, person.account_id)
    opened = credentials.unlock(account, PASSPHRASE)
    assert opened is not None
    new, now = new_session(), clock.now()
    sealed = lock(new.secret, opened.person_secret, session_place(new.row_id, account.id))
    row = {"id": new.row_id, "account_id": account.id, "member_id": person.member_id, "sealed_secret": sealed}
    with db.housekeeping() as current:
        current.execute(
            insert(StaffSession), [row | {"started_at": now, "seen_at": now, "confirmed_at": now}]
        )
    return new.cookie_value


def session_start(cookie: str) -> str:
    """How the page of sessions names the session of this cookie."""
    read = parse_cookie(cookie)
    assert read is not None
    return read.row_id[:16]


def invitation_start(made: World) -> str:
    """How the page of members names the invitation that waits."""
    return token_digest(made.invitation)[:16]
