"""Dated changes of units, bodies and posts: closed on a day, opened the next, never lost."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select, update

from portal.action import Forbidden, Stale, session
from portal.data import audit, db, territory
from portal.data.bodies import bodies_above, bodies_in, every_body
from portal.data.guard import Act, acting
from portal.data.models.area import Area
from portal.data.models.audit import AuditEntry
from portal.data.models.body import Body, PostTemplate
from portal.data.models.registry import AreaName, BodyTerm, DraftState, PostDraft
from portal.data.reference import shipped
from portal.domain.csv_rows import Refused as BadRows
from portal.domain.dating import Undated
from portal.domain.holding import Holding
from portal.domain.parties import CENTRE, BodyKind, Level
from portal.domain.post_drafts import Op, PostChange
from portal.domain.posts import POSTS, post_on, read_posts
from portal.papers.line import posts_of
from portal.registry import actions
from portal.registry.actions import Ground
from portal.registry.actions.rows import Share, entry, store_posts
from portal.registry.queries import posts as post_queries
from portal.registry.queries import units
from portal.registry.refusals import Because, Refused
from tests.support import make, people
from tests.support.whole_country import REGISTRAR

DAY = date(2026, 8, 15)
BEFORE = date(2026, 8, 14)
GROUND = Ground("Nghị quyết 99/2026/QH16")
NATION = Holding(CENTRE)
CITY = Holding("P79b")
WARD = Holding("C27019b", "P79b")


def stand(settings) -> people.People:
    """The test country with its posts and two registrars of the centre."""
    made = people.found(settings)
    with acting(Act("tests.posts", "system", None, day_only=False)) as act, db.transaction() as current:
        store_posts(read_posts(shipped(POSTS)), entry(REGISTRAR, POSTS), Share())
        audit.append(current, act)
    for who in ("registrar", "registrar2"):
        people.join(made, "lead.front.VN", "front.VN", who, {people.Role.REGISTRAR})
    return made


@pytest.fixture
def made(prepared):
    return prepared("registered", stand).made


def rename(actor, holding=WARD, name="Phường Tân Sơn", day=DAY) -> None:
    actions.rename_area(actor, holding, name=name, day=day, ground=GROUND)


def test_a_unit_bears_each_name_in_its_days(made) -> None:
    rename(REGISTRAR)
    rows = session().scalars(select(AreaName).order_by(AreaName.valid_from.nulls_first())).all()
    assert [(one.name, one.valid_to) for one in rows] == [
        ("Phường Tân Sơn Nhì", BEFORE),
        ("Phường Tân Sơn", None),
    ]
    assert rows[1].valid_from == DAY
    assert (rows[0].ended_doc, rows[1].source_doc, rows[1].edited_by) == (
        GROUND.source_doc,
        GROUND.source_doc,
        "tests",
    )
    ward = units.area("C27019b")
    assert units.unit_page(ward, BEFORE).name == "Phường Tân Sơn Nhì"
    assert units.unit_page(ward, DAY).name == "Phường Tân Sơn"


def test_bodies_named_after_the_unit_follow_and_keep_their_ids(made) -> None:
    rename(REGISTRAR)
    body = session().get_one(Body, "front.C27019b")
    assert body.name == "Ban Thường trực Ủy ban MTTQ Việt Nam phường Tân Sơn"
    assert (
        units.body_page(body, BEFORE).body.name == "Ban Thường trực Ủy ban MTTQ Việt Nam phường Tân Sơn Nhì"
    )


def test_a_unit_is_found_under_every_name(made) -> None:
    rename(REGISTRAR, name="Phường Hoa Mai")
    for typed in ("hoa mai", "tan son nhi"):
        assert "C27019b" in [one.area_id for one in units.find(typed)], typed
    assert [one.area_id for one in territory.search_places("hoa mai", DAY).places] == ["C27019b"]


def test_a_wrong_entry_stays_and_counts_no_more(made) -> None:
    ground = Ground("Công văn 5", "Gõ sai tên")
    actions.correct_area_name(REGISTRAR, WARD, name="Phường Tân Sơn Nhất", ground=ground)
    rows = {one.name: one for one in session().scalars(select(AreaName))}
    assert rows["Phường Tân Sơn Nhì"].replaced_on is not None
    right = rows["Phường Tân Sơn Nhất"]
    assert (right.reason, right.valid_from, right.valid_to) == ("Gõ sai tên", date(2025, 7, 1), None)
    page = units.unit_page(units.area("C27019b"), BEFORE)
    assert page.name == "Phường Tân Sơn Nhất"
    assert len(page.periods) == 2


@pytest.mark.parametrize(
    ("day", "name", "fault"),
    [
        (date(2025, 7, 1), "Phường Mới", Undated),
        (date(2099, 1, 1), "Phường Mới", Refused),
        (DAY, "Phường Tân Sơn Nhì", Refused),
    ],
)
def test_a_change_that_does_not_fit_saves_nothing(made, day, name, fault) -> None:
    with pytest.raises(fault):
        rename(REGISTRAR, name=name, day=day)
    assert session().scalars(select(AreaName)).all() == []


def test_a_change_before_the_last_one_is_refused(made) -> None:
    rename(REGISTRAR)
    with pytest.raises(Refused) as refused:
        rename(REGISTRAR, name="Phường Khác", day=date(2026, 2, 1))
    assert refused.value.because is Because.LATER_CHANGE


@pytest.mark.parametrize(
    ("login", "holding", "may"),
    [
        ("registrar.front.VN", WARD, True),
        ("registrar.front.VN", CITY, True),
        ("registrar.front.P79b", WARD, True),
        ("registrar.front.P79b", CITY, False),
        ("registrar.front.P79b", NATION, False),
        ("registrar.front.P79b", Holding("C99b", "P01b"), False),
        ("lead.front.P79b", WARD, False),
        ("admin.front.P79b", WARD, False),
    ],
)
def test_registrars_change_what_they_keep(made, login, holding, may) -> None:
    actor = made.actor(login)
    if may:
        rename(actor, holding, name="Thành phố Sài Gòn" if holding is CITY else "Phường Tân Sơn")
    else:
        with pytest.raises(Forbidden):
            rename(actor, holding)


def change(body_id: str, superior: str, name: str = "") -> None:
    body = session().get_one(Body, body_id)
    given = {"name": name or body.name, "superior_id": superior, "day": DAY}
    holding = units.holding(body.area_id)
    actions.change_body(REGISTRAR, holding, body_id=body_id, ground=GROUND, **given)


def test_a_superior_holds_from_its_day(made) -> None:
    change("health.C27019b", "committee.P79b")
    body = session().get_one(Body, "health.C27019b")
    assert [one.id for one in units.body_page(body, BEFORE).line][:2] == [
        "health.C27019b",
        "committee.C27019b",
    ]
    assert [one.id for one in units.body_page(body, DAY).line][:2] == ["health.C27019b", "committee.P79b"]
    assert len(session().scalars(select(BodyTerm)).all()) == 2


def test_a_cycle_is_refused_by_name(made) -> None:
    with pytest.raises(Undated, match="vòng lặp"):
        change("committee.P79b", "committee.C27019b")
    assert session().scalars(select(BodyTerm)).all() == []


@pytest.mark.parametrize(
    ("body_id", "superior"),
    [
        ("front.C27019b", "front.C27013b"),  # a neighbour
        ("front.C27019b", "front.VN"),  # over the head of the city, whose key opens it
        ("front.C27019b", "committee.P79b"),
        ("front.C27019b", "inspection.P79b"),
        ("inspection.VN", "front.VN"),  # a root
        ("front.P79b", "inspection.VN"),
        ("inspection.C27019b", "inspection.VN"),
        ("health.C27019b", "committee.C27013b"),  # no keys, but another unit's line
    ],
)
def test_a_registrar_moves_nothing_out_of_its_line(made, body_id, superior) -> None:
    before = session().get_one(Body, body_id).superior_id
    with pytest.raises(Undated):
        change(body_id, superior)
    assert session().get_one(Body, body_id).superior_id == before
    assert session().scalars(select(BodyTerm)).all() == []


def put_under(body_id: str, superior: str) -> None:
    """As a register could stand that was changed before the line was fixed, or past the portal."""
    with acting(Act("tests.astray", "system", None, day_only=False)) as act, db.transaction() as current:
        current.execute(update(Body).where(Body.id == body_id).values(superior_id=superior))
        audit.append(current, act)
    session().expire_all()


def test_a_body_whose_keys_lie_under_another_takes_no_part(prepared) -> None:
    settings = prepared("registered", stand).settings
    put_under("front.C27019b", "front.VN")
    assert not bodies_above(["front.C27019b"])["front.C27019b"].active
    assert not bodies_in(["C27019b"])["front.C27019b"].active
    assert not next(one for one in every_body() if one.id == "front.C27019b").active
    named = make.report(settings, story=f"{make.STORY} Người member.front.P79b nhận tiền.")
    assert make.case_of(named).front_id == "front.VN", (
        "the city's keys open the ward's, so nobody there has it"
    )
    assert make.case_of(make.report(settings)).front_id == "front.P79b"


def test_a_line_put_right_takes_part_again(made) -> None:
    put_under("front.C27019b", "front.VN")
    change("front.C27019b", "front.P79b")
    assert bodies_above(["front.C27019b"])["front.C27019b"].active


def test_a_body_with_keys_ends_only_with_a_successor(made) -> None:
    for body_id, because in (("front.C27019b", Because.HAS_KEYS), ("committee.C27019b", Because.HAS_BELOW)):
        with pytest.raises(Refused) as refused:
            actions.end_body(REGISTRAR, WARD, body_id=body_id, last=DAY, ground=GROUND)
        assert refused.value.because is because
    actions.end_body(REGISTRAR, WARD, body_id="health.C27019b", last=DAY, ground=GROUND)
    assert session().get_one(Body, "health.C27019b").valid_to == DAY


def test_a_further_body_gets_an_id_of_its_own(made) -> None:
    given = {"name": "Sở Xây dựng", "superior_id": "committee.P79b", "day": DAY}
    new = actions.add_body(REGISTRAR, CITY, kind=BodyKind.DEPARTMENT, ground=GROUND, **given)
    assert new == "department.P79b.2"
    with pytest.raises(Refused) as refused:
        actions.add_body(REGISTRAR, CITY, kind=BodyKind.FRONT, ground=GROUND, **given)
    assert refused.value.because is Because.TAKES_PART


# Posts: one drafts, another activates.


def some_post() -> PostTemplate:
    stmt = select(PostTemplate).where(PostTemplate.valid_to.is_(None), PostTemplate.level == Level.COMMUNE)
    return session().scalars(stmt.order_by(PostTemplate.id)).first()


def draft(made, day=date(2027, 1, 1)) -> PostDraft:
    row = replace(some_post().as_facts(), managing_level=Level.CENTRAL)
    changes = (PostChange(Op.CHANGE, row.post, row),)
    actor = made.actor("registrar.front.VN")
    kept = actions.draft_posts(actor, NATION, changes=changes, day=day, ground=GROUND)
    return session().get_one(PostDraft, kept)


def test_a_draft_changes_nothing_and_tells_what_it_would(made) -> None:
    before = session().scalars(select(PostTemplate)).all()
    found = draft(made)
    assert len(session().scalars(select(PostTemplate)).all()) == len(before)
    after = post_queries.drafted_posts(found)
    assert post_on(after, some_post().post, found.day).managing_level is Level.CENTRAL
    assert [name for name, _, _ in post_queries.differences_of(found)[0].fields] == ["managing_level"]


def test_its_author_cannot_activate_it_and_another_can(made) -> None:
    found, old = draft(made), some_post()
    seen = actions.digest_of(found)
    for login in ("registrar.front.VN", "registrar.front.P79b", "lead.front.VN"):
        with pytest.raises(Forbidden):
            actions.activate_draft(made.actor(login), found, seen=seen)
    actions.activate_draft(made.actor("registrar2.front.VN"), found, seen=seen)
    assert found.state is DraftState.ACTIVE
    session().expire_all()
    assert (old.valid_to, old.ended_doc) == (date(2026, 12, 31), GROUND.source_doc)
    rows = posts_of(old.body_kind, old.level, found.day)
    assert post_on(rows, old.post, found.day).managing_level is Level.CENTRAL
    new = post_queries.history(old.post)[-1]
    assert new.edited_by == "Người registrar2.front.VN"
    entry_ = session().scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
    assert (entry_.act, f"post_draft:{found.id}" in entry_.objects) == ("registry.activate_draft", True)


def test_what_was_added_unseen_is_not_activated(made) -> None:
    found = draft(made)
    seen = actions.digest_of(found)
    end = PostChange(Op.END, some_post().post)
    with pytest.raises(Forbidden):
        actions.add_to_draft(made.actor("registrar2.front.VN"), found, change=end)
    actions.add_to_draft(made.actor("registrar.front.VN"), found, change=end)
    with pytest.raises(Stale):
        actions.activate_draft(made.actor("registrar2.front.VN"), found, seen=seen)


def test_a_withdrawn_draft_stays_and_does_nothing(made) -> None:
    found = draft(made)
    actions.withdraw_draft(made.actor("registrar2.front.VN"), found)
    assert found.state is DraftState.WITHDRAWN
    with pytest.raises(Stale):
        actions.activate_draft(made.actor("registrar2.front.VN"), found, seen=actions.digest_of(found))


def test_a_draft_that_no_longer_fits_is_refused_whole(made) -> None:
    first, second = draft(made), draft(made)
    other = made.actor("registrar2.front.VN")
    actions.activate_draft(other, first, seen=actions.digest_of(first))
    with pytest.raises(BadRows, match="ngày thay đổi phải sau"):
        actions.activate_draft(other, second, seen=actions.digest_of(second))
    assert second.state is DraftState.DRAFTED


def test_rows_that_came_before_have_no_editor(made) -> None:
    """What was stored before the register kept who entered it is shown without a name."""
    with acting(Act("tests.area", "system", None, day_only=False)) as act, db.transaction() as current:
        row = {
            "area_id": "P01b",
            "code": "01",
            "name": "Thành phố Hà Nội",
            "folded": "ha noi",
            "level": Level.PROVINCE,
        }
        current.execute(insert(Area), [row])
        audit.append(current, act)
    period = units.unit_page(units.area("P01b"), DAY).periods[0]
    assert (period.edited_by, period.source_doc) == ("", None)
