"""Passages that may point to a writer: found where they stand, never overlapping, in linear time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.redaction import Trace, passages


@pytest.mark.parametrize(
    ("text", "trace", "found"),
    [
        ("gọi tôi số 0903 123 456 nhé", Trace.PHONE, "0903 123 456"),
        ("số +84 903.123.456", Trace.PHONE, "+84 903.123.456"),
        ("thư về phananh.test@example.vn", Trace.EMAIL, "phananh.test@example.vn"),
        ("CCCD 079123456789 của tôi", Trace.IDENTITY_NUMBER, "079123456789"),
        ("xe 59X1-234.56 đỗ ở đó", Trace.PLATE, "59X1-234.56"),
        ("Tôi tên là Phan Văn Mẫu", Trace.OWN_NAME, "Tôi tên là Phan Văn Mẫu"),
        ("nhà tôi ở hẻm 12 đường số 3, phường X", Trace.OWN_PLACE, "nhà tôi ở hẻm 12 đường số 3"),
        ("vợ tôi đi nộp hồ sơ", Trace.FAMILY, "vợ tôi đi nộp hồ sơ"),
    ],
)
def test_what_is_found(text: str, trace: Trace, found: str) -> None:
    assert [(one.trace, one.text) for one in passages(text)] == [(trace, found)]


@pytest.mark.parametrize("text", ["", "Cán bộ để hồ sơ chậm 12 ngày.", "Quyết định số 155/2026", "năm 2026"])
def test_what_is_left_alone(text: str) -> None:
    assert passages(text) == []


@given(st.text(max_size=400))
def test_passages_are_in_order_and_lie_in_the_text(text: str) -> None:
    end = 0
    for one in passages(text):
        assert end <= one.start < one.end <= len(text)
        assert one.text in text[one.start : one.end]
        end = one.end


@pytest.mark.parametrize("piece", ["0", "0 ", "a@", "a.", "tôi là A", "Tôi tên ", "+84.", "vợ tôi "])
def test_a_hostile_text_costs_no_more_than_a_long_one(piece: str) -> None:
    start = time.process_time()
    passages((piece * 12_000)[:12_000])
    assert time.process_time() - start < 0.5
