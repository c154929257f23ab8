"""What whoever approves a text for everybody is shown of it: likely names, numbers, addresses, births."""

import time
import unicodedata

import pytest

from portal.domain.disclosing import Clue, Seen, disclosures
from portal.domain.redaction import Trace


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Bà Lê Thị Hoa đã nhận lại tiền.", Seen(Clue.NAME, "Bà Lê Thị Hoa")),
        ("Hộ Nguyễn Văn Bí được đền bù.", Seen(Clue.NAME, "Nguyễn Văn Bí")),
        ("Gọi 0912 345 678 để hỏi.", Seen(Trace.PHONE, "0912 345 678")),
        ("Căn cước 079123456789 đã cấp.", Seen(Trace.IDENTITY_NUMBER, "079123456789")),
        ("Viết a.b@xa.vn nhé.", Seen(Trace.EMAIL, "a.b@xa.vn")),
        ("Hộ ở số nhà 12A được sửa.", Seen(Clue.ADDRESS, "số nhà 12A được sửa")),
        ("Tại thôn Đông Hạ, xã.", Seen(Clue.ADDRESS, "thôn Đông Hạ")),
        ("Ở 12/5 đường Lê Lợi, phường.", Seen(Clue.ADDRESS, "12/5 đường Lê Lợi")),
        ("Người dân sinh năm 1960, đã nhận.", Seen(Clue.BIRTH, "sinh năm 1960")),
        ("Người dân (SN 1960) đã nhận.", Seen(Clue.BIRTH, "SN 1960")),
    ],
)
def test_what_leads_to_somebody_is_listed(text, seen):
    assert seen in disclosures(text)
    assert seen in disclosures(unicodedata.normalize("NFD", text)), "however it was typed"


@pytest.mark.parametrize(
    "text",
    [
        "Phường trả hồ sơ chậm mười hai ngày và đã xin lỗi.",
        "Tổ công tác đã kiểm tra, học sinh ngày mai đi học lại.",
        "Đã trả lại 2.500.000 đồng cho 3 hộ, theo Quyết định 15/QĐ-UBND.",
    ],
)
def test_plain_words_are_left_in_peace(text):
    assert [one for one in disclosures(text) if one.looks is not Clue.BIRTH] == []


def test_each_passage_once_and_a_long_text_is_quick():
    text = "Bà Lê Thị Hoa. " * 4000 + "thôn A " * 4000 + "sinh năm " * 4000 + "1" * 20000
    started = time.process_time()
    found = disclosures(text)
    assert time.process_time() - started < 3
    assert len([one for one in found if one == Seen(Clue.NAME, "Bà Lê Thị Hoa")]) == 1
