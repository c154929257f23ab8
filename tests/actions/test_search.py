"""Searching a body's opened cases: what is found, by whom, and what never is."""

import random
import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from portal.accounts import actions as accounts
from portal.action import Forbidden, session
from portal.casework import actions as casework
from portal.conflicts import actions as conflicts
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.audit import AuditEntry
from portal.data.models.body import Body
from portal.data.models.case import Case, CaseReport, Handover
from portal.data.models.conflict import CaseLock
from portal.data.models.paper import PaperEntry
from portal.data.models.report import Channel
from portal.data.models.search import BodySearchKey, SearchBucket, SearchCase, SearchSegment
from portal.domain import clock
from portal.domain.life import State
from portal.domain.permissions import Role
from portal.domain.wording import Within, terms_asked, terms_of
from portal.papers import finding, merging, searching
from portal.papers.finding import Wanted, find
from portal.papers.searching import forget, keys_of, learn
from portal.search import actions
from portal.triage import actions as triage
from portal.vault.errors import Broken, NotHeld
from portal.vault.searching import open_search_key
from tests.actions.test_conflicts import admitted
from tests.support import make, people

FRONT, COMMITTEE = make.FRONT, make.COMMITTEE
CITY = "front.P79b"
STORY = "Ông ấy đòi tiền ở trạm y tế, người dân rất bức xúc vì đã chờ lâu."


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def small(monkeypatch):
    """Segments of few cases, so that a handful goes through every level."""
    monkeypatch.setattr(merging, "TAILS", 3)
    monkeypatch.setattr(merging, "_BATCH", 4)
    monkeypatch.setattr(merging, "FAN", 2)
    monkeypatch.setattr(merging, "SIZES", (3, 5))


def asked(words="", place="", post="", **more) -> Wanted:
    return Wanted(terms=terms_asked(words, place, post), **more)


def ids(founded, login: str, wanted: Wanted) -> list[str]:
    actor, ring = founded.made.signed_in(login)
    return [case.id for case in find(ring, actor, wanted).cases]


def opened(founded, sent=None, login=f"member.{FRONT}", **changes) -> Case:
    """A case of the ward's board that somebody of it opened."""
    case = make.case_of(sent or make.report(founded.settings, **({"story": STORY} | changes)))
    actor, ring = founded.made.signed_in(login)
    triage.open_case(actor, case, ring)
    return case


def in_act(work) -> None:
    act = Act("tests.search", "system", None, day_only=False)
    with acting(act), db.transaction() as current:
        work()
        audit.append(current, act)


def settle(ring, body_id: str) -> int:
    """All the work there is; at most 100 pieces."""
    done = 0
    while merging.tend(ring, body_id):
        done += 1
        assert done < 100
    return done


def test_an_opened_case_is_found_with_and_without_diacritics_and_an_unopened_one_is_not(founded) -> None:
    closed = make.case_of(make.report(founded.settings, story=STORY))
    case = opened(founded)
    for words in ("trạm y tế", "TRAM Y TE", '"người dân rất bức xúc"', "doi tien, bức xúc", "một cửa"):
        assert ids(founded, f"lead.{FRONT}", asked(words)) == [case.id], words
    for words in ("bệnh viện", '"y tế trạm"'):
        assert ids(founded, f"lead.{FRONT}", asked(words)) == []
    opened(founded, login=f"lead.{FRONT}")
    assert len(ids(founded, f"member.{FRONT}", asked("tram y te"))) == 2
    assert closed.id not in ids(founded, f"member.{FRONT}", asked("tram y te"))
    assert closed.id in ids(founded, f"member.{FRONT}", Wanted(state=State.RECEIVED))


def test_place_post_state_and_days_narrow(founded) -> None:
    case = opened(founded)
    login, today = f"lead.{FRONT}", clock.today()
    assert ids(founded, login, asked(place="phuong tan son nhi, ho chi minh")) == [case.id]
    assert ids(founded, login, asked(place="tay thanh")) == []
    assert ids(founded, login, asked(post="cong chuc mot cua")) == [case.id]
    assert ids(founded, login, asked(post="chu tich")) == []
    assert ids(founded, login, asked("tien", state=State.RECEIVED)) == [case.id]
    assert ids(founded, login, asked("tien", state=State.CLOSED)) == []
    for first, last, found in ((0, 0, True), (1, None, False), (None, -1, False), (-1, 1, True)):
        days = {"first": first, "last": last}
        given = {name: today + timedelta(days=n) for name, n in days.items() if n is not None}
        assert bool(ids(founded, login, asked("tien", **given))) is found
        assert bool(ids(founded, login, Wanted(**given))) is found


def test_numbers_find_what_nobody_opened(founded) -> None:
    sent = make.report(founded.settings)
    case = make.case_of(sent)
    login = f"lead.{FRONT}"
    me = founded.made.actor(login)
    today = clock.today()
    entry = {"id": db.new_id(), "report_id": sent.report_id, "entered_by": me.id, "slip": True}
    days = {"year": today.year, "received_on": today, "entered_on": today}
    paper = PaperEntry(body_id=FRONT, channel=Channel.PAPER, register_no="117/ĐT", **entry, **days)
    going = Handover(case_id=case.id, body_id=CITY, register_no="9/CV", sent_on=today, due_on=today)
    in_act(lambda: session().add_all([paper, going]))
    shown = f"HS-{case.id[:4].upper()}-{case.id[4:8].upper()}"
    for number in (shown, shown.lower(), case.id, "117/ĐT", "9/CV"):
        assert ids(founded, login, Wanted(number=number)) == [case.id], number
        assert ids(founded, f"lead.{CITY}", Wanted(number=number)) == [], number
    for number in (shown[:8], "HS-", "117", "%", "_" * 8, "x" * 60):
        assert ids(founded, login, Wanted(number=number)) == [], number
    assert ids(founded, login, asked("tram", number=shown)) == []
    opened(founded, sent)
    assert ids(founded, login, asked("hẹn nhiều lần", number=shown)) == [case.id]


def test_what_is_added_later_is_found_once_it_is_read(founded) -> None:
    case = opened(founded)
    actor, ring = founded.made.signed_in(f"lead.{FRONT}")
    triage.ask(actor, case, ring, text="Biên lai có số không?", seen=case.version)
    assert ids(founded, f"lead.{FRONT}", asked("bien lai")) == []
    before = session().get_one(SearchCase, (FRONT, case.id)).mark
    triage.open_case(actor, case, ring)
    assert ids(founded, f"lead.{FRONT}", asked("bien lai")) == [case.id]
    row = session().get_one(SearchCase, (FRONT, case.id))
    sealed = row.sealed_words
    assert row.mark != before
    triage.open_case(actor, case, ring)
    session().expire_all()
    assert (
        session().get_one(SearchCase, (FRONT, case.id)).sealed_words == sealed
    )  # nothing new, nothing written


def test_board_and_committee_find_their_own_words_only(founded) -> None:
    sent = make.report(founded.settings, story=f"{make.STORY} Chuyện riêng bí ẩn.")
    case = make.routed(founded, sent)
    opened(founded, sent)
    lead, ring = make.lead(founded)
    casework.open_case(lead, case, ring)
    login = f"member.{COMMITTEE}"
    assert ids(founded, login, asked("hen nhieu lan", post="cong chuc")) == [case.id]
    assert ids(founded, login, asked("bi an")) == []  # not in the version that was handed over
    assert ids(founded, f"lead.{FRONT}", asked("bi an")) == [case.id]
    for stranger in (f"lead.{CITY}", "lead.inspection.P79b", "lead.front.C27013b"):
        assert ids(founded, stranger, asked("hen nhieu lan")) == []
    casework.return_case(lead, case, ring, reason="Không thuộc thẩm quyền của ủy ban.", seen=case.version)
    assert session().get(SearchCase, (COMMITTEE, case.id)) is None
    assert ids(founded, login, asked("hen nhieu lan")) == []


def test_a_barred_person_never_finds_it_and_pages_are_as_if_it_did_not_exist(founded, monkeypatch) -> None:
    monkeypatch.setattr(finding, "PAGE", 2)
    cases = [opened(founded) for _ in range(3)]
    barred, free = f"member.{FRONT}", f"lead.{FRONT}"
    actor, ring = founded.made.signed_in(barred)
    conflicts.stand_aside(actor, cases[0])
    for wanted in (asked("tram"), Wanted(number=cases[0].id), Wanted(state=State.RECEIVED)):
        page = find(ring, actor, wanted)
        assert cases[0].id not in [case.id for case in page.cases]
        assert page.after is None
    other, ring = founded.made.signed_in(free)
    page = find(ring, other, asked("tram"))
    assert len(page.cases) == 2
    assert page.after is not None
    rest = find(ring, other, asked("tram"), page.after)
    assert {case.id for case in (*page.cases, *rest.cases)} == {case.id for case in cases}
    assert rest.after is None


def test_a_body_in_conflict_finds_it_no_more_and_its_words_are_gone(founded, small) -> None:
    name = "Đỗ Thị Người Mới"
    story = f"{make.STORY} Bà do thi nguoi moi nhận quà cáp."
    others = [opened(founded) for _ in range(2)]
    case = opened(founded, story=story)
    _, ring = founded.made.signed_in(f"lead.{FRONT}")
    settle(ring, FRONT)
    segment = session().get_one(SearchCase, (FRONT, case.id)).segment_id
    assert segment
    assert ids(founded, f"lead.{FRONT}", asked("qua cap")) == [case.id]
    member = admitted(founded, FRONT, Role.REVIEWER, name)
    for login in (f"lead.{FRONT}", f"member.{FRONT}", member.account.login):
        for wanted in (asked("qua cap"), Wanted(number=case.id), Wanted(state=State.RECEIVED)):
            assert case.id not in ids(founded, login, wanted)
    assert session().get(SearchCase, (FRONT, case.id)) is None
    _, ring = founded.made.signed_in(f"lead.{FRONT}")
    assert merging.tend(ring, FRONT)
    assert session().get(SearchSegment, segment, populate_existing=True) is None
    assert "cap" not in terms_in(ring, FRONT)
    assert sorted(ids(founded, f"lead.{FRONT}", asked("tram"))) == sorted(one.id for one in others)
    # The board above finds it once it has it and opened it.
    lock = session().scalars(select(CaseLock).where(CaseLock.case_id == case.id)).one()
    above, ring = founded.made.signed_in(f"lead.{CITY}")
    while not conflicts.go_on(above, lock, ring):
        pass
    triage.open_case(above, make.now(case), ring)
    assert ids(founded, f"lead.{CITY}", asked("qua cap")) == [case.id]


def terms_in(ring, body_id: str) -> set[str]:
    """Every term that the body's segments hold."""
    keys = keys_of(ring, body_id)
    found: set[str] = set()
    for segment in session().scalars(select(SearchSegment).where(SearchSegment.body_id == body_id)):
        for row in session().scalars(select(SearchBucket).where(SearchBucket.segment_id == segment.id)):
            bucket = merging.opened_bucket(
                keys[segment.key_version], segment.id, row.bucket, row.sealed_terms, segment.size
            )
            found |= {term for term, _ in bucket.postings()}
    return found


def test_a_newcomer_finds_what_was_indexed_before_and_a_leaver_opens_nothing_after_the_renewal(
    founded, small
) -> None:
    case = opened(founded)
    member = admitted(founded, FRONT, Role.REVIEWER, "Vũ Văn Khác Hẳn")
    assert ids(founded, member.account.login, asked("tram y te")) == [case.id]
    _, kept = founded.made.signed_in(f"member.{FRONT}")
    place = session().get_one(type(member), founded.made[f"member.{FRONT}"].member_id)
    lead = founded.made.actor(f"lead.{FRONT}")
    accounts.end_membership(lead, place)
    accounts.rotate_body_key(lead, session().get_one(Body, FRONT))
    later = opened(founded, login=f"lead.{FRONT}")
    both = sorted([case.id, later.id])
    assert sorted(ids(founded, member.account.login, asked("tram y te"))) == both
    _, ring = founded.made.signed_in(f"lead.{FRONT}")
    settle(ring, FRONT)
    rows = session().scalars(select(BodySearchKey).order_by(BodySearchKey.key_version)).all()
    assert [row.key_version for row in rows] == [1, 2]
    with pytest.raises((Broken, NotHeld)):
        open_search_key(kept, rows[1].sealed_key, FRONT, 2)
    # What lay under the old key was sealed under the new one.
    assert set(session().scalars(select(SearchCase.key_version))) == {2}
    assert set(session().scalars(select(SearchSegment.key_version))) <= {2}
    assert sorted(ids(founded, member.account.login, asked("tram y te"))) == both


def test_tails_and_merges_answer_as_a_plain_scan(founded, small) -> None:
    """Cases come, change, go and come again; after each piece of work the answers are those of a scan."""
    chance = random.Random(7)
    actor, ring = founded.made.signed_in(f"lead.{FRONT}")
    cases = [make.case_of(make.report(founded.settings)) for _ in range(14)]
    words = [f"tu{n}" for n in range(9)]
    model: dict[str, frozenset[str]] = {}
    levels: set[int] = set()

    def compare() -> None:
        for asking in (*words, f"{words[0]} {words[1]}", f"{words[2]} {words[3]}"):
            wanted = asked(asking)
            scanned = {one for one, terms in model.items() if wanted.terms <= terms}
            found = find(ring, actor, wanted).cases
            assert {case.id for case in found} == scanned
            assert [c.id for c in found] == [
                c.id for c in sorted(found, key=lambda c: (c.opened_on, c.id), reverse=True)
            ]

    for _ in range(60):
        case = chance.choice(cases)
        if chance.random() < 0.12:
            in_act(lambda case=case: forget([case.id], [FRONT]))
            model.pop(case.id, None)
        else:
            said = {Within.TEXT: [" x ".join(chance.sample(words, 3))]}
            in_act(lambda case=case, said=said: learn(ring, FRONT, case, said))
            model[case.id] = terms_of(said)
        if chance.random() < 0.7:
            merging.tend(ring, FRONT)
            levels |= set(session().scalars(select(SearchSegment.level)))
        compare()
    settle(ring, FRONT)
    compare()
    assert levels == {0, 1, 2}
    pointing = select(SearchCase.segment_id).where(SearchCase.segment_id.is_not(None))
    used = set(session().scalars(pointing))
    assert set(session().scalars(select(SearchSegment.id))) == used
    assert set(session().scalars(select(SearchBucket.segment_id).distinct())) == used


def test_two_officers_at_once_lose_nothing(founded, small) -> None:
    """Nobody has searched before: the key is made by both at once, and both merge meanwhile."""
    cases = [make.case_of(make.report(founded.settings)) for _ in range(10)]
    known = [case.id for case in cases]
    rings = [founded.made.signed_in(login) for login in (f"lead.{FRONT}", f"member.{FRONT}")]
    gate = threading.Barrier(2)
    faults: list[BaseException] = []

    def work(seat, order) -> None:
        try:
            actor, ring = seat
            gate.wait()
            for case_id in order:
                triage.open_case(actor, session().get_one(Case, case_id), ring)
                merging.tend(ring, FRONT)
        except BaseException as fault:
            faults.append(fault)
        finally:
            db.store().session.remove()

    session().rollback()
    orders = (known, known[::-1])
    both = [threading.Thread(target=work, args=one) for one in zip(rings, orders, strict=True)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(60)
    assert faults == []
    session().rollback()
    actor, ring = rings[0]
    assert sorted(case.id for case in find(ring, actor, asked("hen nhieu lan")).cases) == sorted(known)
    settle(ring, FRONT)
    assert sorted(case.id for case in find(ring, actor, asked("hen nhieu lan")).cases) == sorted(known)


def test_a_merge_gives_way_to_what_happened_meanwhile(founded, small, monkeypatch) -> None:
    """Between reading and putting in place one case is forgotten, another opened anew."""
    cases = [opened(founded) for _ in range(3)]
    _, ring = founded.made.signed_in(f"lead.{FRONT}")
    packed = merging.packed

    def meanwhile(*given):
        monkeypatch.setattr(merging, "packed", packed)
        in_act(lambda: forget([cases[0].id], [FRONT]))
        in_act(lambda: learn(ring, FRONT, cases[1], {Within.TEXT: ["chuyện khác"]}))
        return packed(*given)

    monkeypatch.setattr(merging, "packed", meanwhile)
    assert merging.tend(ring, FRONT)
    login = f"lead.{FRONT}"
    assert ids(founded, login, asked("tram")) == [cases[2].id]
    assert ids(founded, login, asked("chuyen khac")) == [cases[1].id]
    assert session().scalars(select(SearchSegment.purge)).all() == [True]
    settle(ring, FRONT)
    segment = session().scalars(select(SearchSegment)).one()
    assert (segment.size, segment.purge) == (1, False)
    assert ids(founded, login, asked("tram")) == [cases[2].id]


def test_another_merge_of_the_same_segments_is_given_up(founded, small, monkeypatch) -> None:
    case, *_ = [opened(founded) for _ in range(3)]
    _, ring = founded.made.signed_in(f"lead.{FRONT}")
    settle(ring, FRONT)
    in_act(lambda: forget([case.id], [FRONT]))
    read = merging._read

    def raced(*given):
        monkeypatch.setattr(merging, "_read", read)
        sources = read(*given)
        assert merging.tend(ring, FRONT)
        return sources

    monkeypatch.setattr(merging, "_read", raced)
    assert not merging.tend(ring, FRONT)
    assert len(ids(founded, f"lead.{FRONT}", asked("tram"))) == 2


def test_too_many_candidates_end_the_page_and_the_next_one_goes_on(founded, monkeypatch) -> None:
    cases = [opened(founded) for _ in range(5)]
    monkeypatch.setattr(finding, "_BATCHES", (1, 1))
    actor, ring = founded.made.signed_in(f"lead.{FRONT}")
    seen: list[str] = []
    after, pages = None, 0
    while pages == 0 or after:
        page = find(ring, actor, asked("tram"), after)
        seen += [case.id for case in page.cases]
        after, pages = page.after, pages + 1
        assert page.unfinished is (after is not None)
    assert sorted(seen) == sorted(case.id for case in cases)
    assert pages == 3


def test_a_search_is_audited_with_the_cases_and_without_the_words(founded) -> None:
    case = opened(founded)
    actor, ring = founded.made.signed_in(f"lead.{FRONT}")
    heads = actions.open_found(actor, None, ring, find(ring, actor, asked("tram y te")).cases)
    assert heads[case.id]["post"]["name"] == "Công chức một cửa"
    entry = session().scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.act, entry.objects, entry.changes) == ("search.open_found", f'["case:{case.id}"]', "[]")
    outsider, other = founded.made.signed_in(f"lead.{CITY}")
    assert actions.open_found(outsider, None, other, [case]) == {}
    auditor = founded.made.actor(f"auditor.{CITY}")
    with pytest.raises(Forbidden):
        actions.open_found(auditor, None, other, [case])


def test_a_page_of_many_cases_asks_no_more_than_one_of_a_single_case(founded) -> None:
    """Searched and in the queue: what the act reads again of its cases is read for all of them together."""
    actor, ring = founded.made.signed_in(f"lead.{FRONT}")
    for _ in range(5):
        opened(founded)
    session().rollback()
    statements: list[str] = []
    event.listen(db.store().engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    numbers = set()
    for act in (actions.open_found, triage.open_queue):
        for number in (1, 5):
            cases = find(ring, actor, asked("tram y te")).cases[:number]
            session().rollback()  # as after any wait: the act trusts nothing that was read before it
            statements.clear()
            assert len(act(actor, None, ring, list(cases))) == number
            numbers.add((act.__name__, len(statements)))
    assert len(numbers) == 2, numbers


def test_an_older_key_alone_opens_the_case_but_writes_no_index(founded) -> None:
    """A ring without the body's newest key (renewed meanwhile) reads, and leaves the index alone."""
    case = make.case_of(make.report(founded.settings, story=STORY))
    lead = founded.made.actor(f"lead.{FRONT}")
    actor, ring = founded.made.signed_in(f"member.{FRONT}")
    accounts.rotate_body_key(lead, session().get_one(Body, FRONT))
    triage.open_case(actor, case, ring)
    assert session().get(SearchCase, (FRONT, case.id)) is None


def test_days_of_the_index_are_those_of_the_cases(founded) -> None:
    sample = opened(founded)
    _, ring = founded.made.signed_in(f"lead.{FRONT}")
    (key,) = keys_of(ring, FRONT).values()
    row = session().get_one(SearchCase, (FRONT, sample.id))
    listed, words = searching.opened_tail(key, FRONT, sample.id, row.sealed_words)
    assert listed.day == sample.opened_on
    assert b"\ntram y\n" in words
    assert date.min < listed.day


def test_several_reports_of_a_case_are_found_by_the_words_of_each(founded) -> None:
    first = make.report(founded.settings, story=STORY)
    case = make.case_of(first)
    second = make.report(founded.settings, story=f"{make.STORY} Bảng giá bị tháo.")
    link = CaseReport(case_id=case.id, report_id=second.report_id, added_on=clock.today())
    in_act(lambda: session().add(link))
    opened(founded, first)
    assert ids(founded, f"lead.{FRONT}", asked("bang gia tram y te")) == [case.id]
