"""A draft before it is put in force: what of the published decisions and of the own cases would change."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import render_template
from sqlalchemy import insert

from portal.app import create_app
from portal.data import db
from portal.data.country import stored_posts
from portal.data.models.body import PostTemplate
from portal.domain.parties import Level, PostFacts
from portal.registry.actions.rows import post_row
from portal.registry.simulation import last_year, simulate
from tests.support import make, people
from tests.support.offices import POSTS_SHIPPED

BEGIN = date(2027, 1, 1)


@pytest.fixture
def founded(prepared):
    made = prepared("people", people.found)
    engine = db.make_engine(made.settings.database, pool_size=1)
    with engine.begin() as connection:
        connection.execute(insert(PostTemplate), [post_row(post) for post in POSTS_SHIPPED])
    engine.dispose()
    return made


def draft(post: str, **changes: object) -> PostFacts:
    row = next(one for one in stored_posts() if one.post == post and one.valid_to is None)
    return replace(row, id="draft", valid_from=BEGIN, **changes)  # type: ignore[arg-type]


def test_published_decisions_and_own_cases_are_asked(founded) -> None:
    make.routed(founded)
    for _ in range(5):
        make.report(founded.settings)
    found = simulate([draft("committee.commune.chair", managing_level=Level.CENTRAL)])
    assert (found.day, found.samples, found.cases) == (BEGIN, 78, 6)
    assert [str(one.after) for one in found.differences] == ["inspection central"]
    # The sixth went to the ward's committee, so it is not about a chair.
    assert [one.stored.number for one in found.possible] == [5]
    assert {change.post for one in found.possible for change in one.changes} == {"committee.commune.chair"}
    assert not any(one.is_certain for one in found.possible)
    assert simulate([]).changes_nothing


def test_cases_of_former_years_and_other_levels_stay_out(founded) -> None:
    make.report(founded.settings)
    found = simulate([draft("party.province.secretary", managing_level=Level.PROVINCE)])
    assert found.possible == ()
    assert [one.number for one in last_year()] == [1]


def test_the_part_of_a_page_tells_it_and_hides_small_numbers(founded) -> None:
    make.report(founded.settings)
    found = simulate([draft("committee.commune.chair", managing_level=Level.CENTRAL)])
    app = create_app(founded.settings)
    with app.test_request_context("/"):
        html = render_template("registry/_simulation.html", simulated=found)
        nothing = render_template("registry/_simulation.html", simulated=simulate([]))
    text = " ".join(BeautifulSoup(html, "html5lib").text.split())
    assert "Nếu bản dự thảo có hiệu lực vào ngày 01/01/2027" in text
    assert "78 quyết định đã công bố và dưới 5 hồ sơ" in text
    assert "Ủy ban kiểm tra (Tỉnh, thành phố) Ủy ban kiểm tra (Trung ương)" in text
    assert "dưới 5 hồ sơ; đổi ở 1 trong" in text
    assert "chưa phân loại, chưa chuyển: dưới 5 hồ sơ" in text
    assert "Chủ tịch Ủy ban nhân dân xã, phường, đặc khu" in text or "Chủ tịch Ủy ban nhân dân" in text
    assert "committee.commune.chair" not in text
    assert "bản nháp" not in text
    assert "Số của quyết định là số thứ tự trong danh sách quyết định đã công bố" in text
    assert "Không trường hợp nào" in BeautifulSoup(nothing, "html5lib").text
