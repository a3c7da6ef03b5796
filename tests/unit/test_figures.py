"""Figures of both languages are read alike."""

import pytest

from generator.rules.figures import compare

EQUAL = [
    ("từ ngày 18/6/2025", "ນັບແຕ່ວັນທີ 18 ມິຖຸນາ 2025"),
    ("ngày 18 tháng 6 năm 2025", "ວັນທີ 18 ມິຖຸນາ 2025"),
    ("tháng 6/2025", "ເດືອນ 6/2025"),
    ("tháng 6/2025", "ເດືອນ ມິຖຸນາ 2025"),
    ("từ 1 đến 15/3/2026", "ແຕ່ວັນທີ 1 ຫາ ວັນທີ 15 ມີນາ 2026"),
    ("ngày 01/07/2025", "ວັນທີ 1 ກໍລະກົດ 2025"),
    ("20.000 đồng", "20.000 ດົງ"),
    ("1,5 triệu kíp", "1.500.000 ກີບ"),
    ("2,1 tỷ USD", "2,1 ຕື້ໂດລາສະຫະລັດ"),
    ("5 nghìn tỷ đồng", "5 ພັນຕື້ດົງ"),
    ("2.337,459 km", "2.337,459 ກິໂລແມັດ"),
    ("Nghị định 14/2018/NĐ-CP", "ດຳລັດ ສະບັບເລກທີ 14/2018/NĐ-CP"),
    ("khoản 2 Điều 5", "ຂໍ້ 2 ມາດຕາ 5"),
    ("Điều 5, 6 và 7", "ມາດຕາ 5, 6 ແລະ 7"),
    ("hội nghị lần thứ XIII", "ກອງປະຊຸມ ຄັ້ງທີ 13"),
    ("2 bản", "ສອງສະບັບ"),
    ("hai bản", "2 ສະບັບ"),
    ("Thứ 2", "ວັນຈັນ"),
    ("Quốc lộ 9", "ທາງຫຼວງແຫ່ງຊາດ 9 (Quốc lộ 9)"),
    ("mã HS 17.01", "ລະຫັດ (HS 17.01)"),
    ("mở từ 07:00 đến 19:30", "ເປີດແຕ່ 7:00 ຫາ 19:30"),
    ("hằng ngày", "ທຸກວັນ"),
]
DIFFERENT = [
    ("8 cửa khẩu", "9 ດ່ານ", "number"),
    ("8 cửa khẩu và 16 lối mở", "8 ດ່ານ", "number"),
    ("ngày 18/6/2025", "ວັນທີ 18 ກໍລະກົດ 2025", "date"),
    ("ngày 5/6/2025 và 7/8/2025", "ວັນທີ 5 ສິງຫາ 2025 ແລະ 7 ມິຖຸນາ 2025", "date"),
    ("20.000 đồng", "200.000 ດົງ", "money"),
    ("20.000 đồng", "20.000 ກີບ", "money"),
    ("2 tỷ đồng", "2 ລ້ານດົງ", "money"),
    ("Điều 5", "ມາດຕາ 6", "article"),
    ("khoản 2 Điều 5", "ຂໍ້ 5 ມາດຕາ 2", "article"),
    ("1.500 tấn", "1,500 ໂຕນ", "number"),
]


@pytest.mark.parametrize(("vi", "lo"), EQUAL)
def test_equal(vi: str, lo: str) -> None:
    assert compare(vi, lo) is None


@pytest.mark.parametrize(("vi", "lo", "kind"), DIFFERENT)
def test_different(vi: str, lo: str, kind: str) -> None:
    difference = compare(vi, lo)
    assert difference is not None
    assert difference.kind == kind
