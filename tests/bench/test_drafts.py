"""What the bench sends is what the form takes: a report comes of it, and a queue that opens."""

import pytest

from portal.app import create_app
from portal.bench import cases, drafts
from portal.bench.base import BOARD, Base
from portal.domain import clock
from portal.domain.drafting import first_missing
from portal.triage import actions, queries
from tests.support import people


@pytest.fixture
def ground(prepared):
    return prepared("people", people.found)


def test_the_answers_are_complete() -> None:
    assert first_missing(drafts.answers(), "portal", clock.today()) is None


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("prepare", [drafts.prepare, drafts.with_image])
def test_a_prepared_draft_is_taken(ground, prepare) -> None:
    (one,) = prepare(drafts.signer(ground.settings), ["Chuyện để đo."])
    client = create_app(ground.settings).test_client(use_cookies=False)
    sent = client.post(
        drafts.SUBMIT, data=one.body, content_type=drafts.FORM, headers={"Cookie": one.cookies}
    )
    assert (sent.status_code, sent.headers["Location"]) == (303, "/phan-anh/bien-nhan")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_oldest_cases_of_a_filled_queue_open(ground) -> None:
    ids = cases.fill(Base(ground.settings, ()), 70, real=60)
    actor, ring = ground.made.signed_in(f"lead.{BOARD}")
    page = queries.queue(actor, queries.Filters())[: queries.PAGE]
    assert [one.id for one in page] == ids[: queries.PAGE]
    heads = actions.open_queue(actor, None, ring, page)
    assert len(heads) == queries.PAGE
