"""What the tools of a copy say, in Vietnamese, Lao and English. None of the Lao has been reviewed yet."""

import os
from typing import Literal

Language = Literal["vi", "lo", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "lo", "en")

# key -> (Vietnamese, Lao, English)
WORDS: dict[str, tuple[str, str, str]] = {
    # Verifying
    "whole": (
        "Bản này nguyên vẹn: {n} tệp, dữ liệu tính đến ngày {date}.",
        "ສະບັບນີ້ຄົບຖ້ວນ: ມີ {n} ໄຟລ໌, ຂໍ້ມູນມາຮອດວັນທີ {date}.",
        "This copy is whole: {n} files, data of {date}.",
    ),
    "not-whole": (
        "Bản này không còn nguyên vẹn:",
        "ສະບັບນີ້ບໍ່ຄົບຖ້ວນ ຫຼື ຖືກປ່ຽນແປງ:",
        "This copy is not whole:",
    ),
    "changed": ("đã bị thay đổi", "ຖືກປ່ຽນແປງ", "changed"),
    "missing": ("bị thiếu", "ຂາດ", "missing"),
    "foreign": ("không thuộc sổ tay", "ບໍ່ແມ່ນຂອງປຶ້ມຄູ່ມື", "not part of the handbook"),
    "link": ("là liên kết, không phải tệp", "ເປັນທາງເຊື່ອມ, ບໍ່ແມ່ນໄຟລ໌", "a link, not a file"),
    "unreadable": ("không đọc được", "ອ່ານບໍ່ໄດ້", "cannot be read"),
    "twice": ("có hai lần trong tệp zip", "ມີສອງເທື່ອໃນໄຟລ໌ zip", "in the zip file twice"),
    "too-large": ("quá lớn", "ໃຫຍ່ເກີນໄປ", "too large"),
    "no-manifest": (
        "không có; đây không phải thư mục của sổ tay",
        "ບໍ່ມີ; ນີ້ບໍ່ແມ່ນໂຟນເດີຂອງປຶ້ມຄູ່ມື",
        "not there; this is not a folder of the handbook",
    ),
    "bad-manifest": ("bị hỏng", "ເສຍຫາຍ", "damaged"),
    "bad-signature": (
        "chữ ký không đúng",
        "ລາຍເຊັນບໍ່ຖືກຕ້ອງ",
        "the signature is wrong",
    ),
    "interrupted": (
        "lần cập nhật trước bị ngắt; hãy chạy apply.py một lần nữa",
        "ການປັບປຸງຄັ້ງກ່ອນຖືກຕັດ; ໃຫ້ເປີດ apply.py ອີກເທື່ອໜຶ່ງ",
        "the last update was cut off; run apply.py once more",
    ),
    "not-a-copy": (
        "Không đọc được {path}: không phải bản sao của sổ tay, hoặc tệp zip bị hỏng.",
        "ອ່ານ {path} ບໍ່ໄດ້: ບໍ່ແມ່ນສະບັບຂອງປຶ້ມຄູ່ມື ຫຼື ໄຟລ໌ zip ເສຍຫາຍ.",
        "Cannot read {path}: not a copy of the handbook, or a damaged zip file.",
    ),
    "signed": (
        "Chữ ký đúng. Khóa: {signer}",
        "ລາຍເຊັນຖືກຕ້ອງ. ກະແຈ: {signer}",
        "The signature is right. Key: {signer}",
    ),
    "unsigned": (
        "Không có chữ ký: biết tệp còn nguyên, nhưng không biết ai làm ra.",
        "ບໍ່ມີລາຍເຊັນ: ຮູ້ວ່າໄຟລ໌ຄົບຖ້ວນ, ແຕ່ບໍ່ຮູ້ວ່າໃຜເປັນຜູ້ສ້າງ.",
        "Not signed: the files are whole, but nothing says who made them.",
    ),
    # Updating
    "delta-damaged": (
        "Gói cập nhật bị hỏng hoặc bị cắt ngắn.",
        "ຊຸດປັບປຸງເສຍຫາຍ ຫຼື ບໍ່ຄົບ.",
        "The update is damaged or cut short.",
    ),
    "delta-foreign": (
        "Đây không phải gói cập nhật của sổ tay.",
        "ນີ້ບໍ່ແມ່ນຊຸດປັບປຸງຂອງປຶ້ມຄູ່ມື.",
        "This is not an update of the handbook.",
    ),
    "delta-base": (
        "Gói này dành cho một bản khác (dữ liệu ngày {base}), không phải bản đang có (ngày {date}).",
        "ຊຸດນີ້ໃຊ້ກັບສະບັບອື່ນ (ຂໍ້ມູນວັນທີ {base}), ບໍ່ແມ່ນສະບັບທີ່ມີຢູ່ (ວັນທີ {date}).",
        "This update is for another copy (data of {base}), not for this one (data of {date}).",
    ),
    "delta-older": (
        "Gói này đưa về bản cũ hơn (ngày {to}); bản đang có là ngày {date}.",
        "ຊຸດນີ້ເປັນສະບັບເກົ່າກວ່າ (ວັນທີ {to}); ສະບັບທີ່ມີຢູ່ແມ່ນວັນທີ {date}.",
        "This update leads back to an older copy (data of {to}); this one is of {date}.",
    ),
    "delta-kept": (
        "Gói này đưa về bản trước, cùng ngày dữ liệu ({date}), vẫn còn giữ; muốn quay lại: apply.py --back",
        "ຊຸດນີ້ກັບຄືນສະບັບກ່ອນ ທີ່ມີຂໍ້ມູນວັນທີດຽວກັນ ({date}) ແລະ ຍັງເກັບໄວ້; ຢາກກັບຄືນ: apply.py --back",
        "This update leads to the version before, of the same day ({date}), which is kept; to go back: apply.py --back",
    ),
    "delta-done": (
        "Bản này đã được cập nhật bằng gói này.",
        "ສະບັບນີ້ໄດ້ປັບປຸງດ້ວຍຊຸດນີ້ແລ້ວ.",
        "This copy has had this update already.",
    ),
    "delta-unsigned": (
        "Bản này chỉ nhận gói có chữ ký; gói này không có.",
        "ສະບັບນີ້ຮັບສະເພາະຊຸດທີ່ມີລາຍເຊັນ; ຊຸດນີ້ບໍ່ມີ.",
        "This copy takes signed updates only; this one is not signed.",
    ),
    "delta-signature": (
        "Chữ ký của gói không đúng: gói không do nơi đã làm bản này làm ra, hoặc đã bị sửa.",
        "ລາຍເຊັນຂອງຊຸດນີ້ບໍ່ຖືກຕ້ອງ: ບໍ່ແມ່ນຂອງຜູ້ທີ່ສ້າງສະບັບນີ້ ຫຼື ຖືກປ່ຽນແປງ.",
        "The update's signature is wrong: it was not made by those who made this copy, or it was changed.",
    ),
    "delta-path": (
        "Gói có đường dẫn không được phép: {path}",
        "ຊຸດນີ້ມີທີ່ຢູ່ໄຟລ໌ທີ່ບໍ່ອະນຸຍາດ: {path}",
        "The update has a path that is not allowed: {path}",
    ),
    "clash": (
        "Có tệp lạ ở chỗ của tệp mới: {path}",
        "ມີໄຟລ໌ອື່ນຢູ່ບ່ອນຂອງໄຟລ໌ໃໝ່: {path}",
        "A foreign file stands where a new one must go: {path}",
    ),
    "copy-broken": (
        "Bản đang có không nguyên vẹn nên không cập nhật được.",
        "ສະບັບທີ່ມີຢູ່ບໍ່ຄົບຖ້ວນ ຈຶ່ງປັບປຸງບໍ່ໄດ້.",
        "This copy is not whole, so it cannot be updated.",
    ),
    "cannot-write": ("Không ghi được: {reason}", "ບັນທຶກບໍ່ໄດ້: {reason}", "Cannot write: {reason}"),
    "nothing-changed": ("Không có gì bị thay đổi.", "ບໍ່ໄດ້ປ່ຽນແປງຫຍັງ.", "Nothing was changed."),
    "updated": (
        "Đã cập nhật: dữ liệu tính đến ngày {date}. Bản trước còn giữ; muốn quay lại: apply.py --back",
        "ປັບປຸງແລ້ວ: ຂໍ້ມູນມາຮອດວັນທີ {date}. ສະບັບກ່ອນຍັງເກັບໄວ້; ຢາກກັບຄືນ: apply.py --back",
        "Updated: data of {date}. The copy before is kept; to go back: apply.py --back",
    ),
    "back-none": ("Không có bản trước.", "ບໍ່ມີສະບັບກ່ອນ.", "There is no earlier copy."),
    "back-key": (
        "Bản trước không do khóa của bản này ký nên không quay lại được. Muốn dùng, hãy giải nén tệp zip của bản đó.",
        "ສະບັບກ່ອນບໍ່ໄດ້ລົງລາຍເຊັນດ້ວຍກະແຈຂອງສະບັບນີ້ ຈຶ່ງກັບຄືນບໍ່ໄດ້. ຢາກໃຊ້ ໃຫ້ເປີດໄຟລ໌ zip ຂອງສະບັບນັ້ນ.",
        (
            "The earlier copy is not signed with the key of this one, so it is not brought back. To use it, unpack its zip "
            "file."
        ),
    ),
    "back-done": (
        "Đã quay lại bản có dữ liệu ngày {date}.",
        "ກັບຄືນສະບັບທີ່ມີຂໍ້ມູນວັນທີ {date} ແລ້ວ.",
        "Went back to the copy with data of {date}.",
    ),
    "recovered": (
        "Đã làm xong lần cập nhật bị ngắt.",
        "ການປັບປຸງທີ່ຖືກຕັດ ສຳເລັດແລ້ວ.",
        "Finished the update that was cut off.",
    ),
    "not-finished": (
        "Lần cập nhật bị ngắt không làm nốt được: {path} bị hỏng hoặc không được phép. Hãy giải nén lại bản đầy đủ.",
        "ການປັບປຸງທີ່ຖືກຕັດ ເຮັດຕໍ່ບໍ່ໄດ້: {path} ເສຍຫາຍ ຫຼື ບໍ່ອະນຸຍາດ. ໃຫ້ເປີດໄຟລ໌ zip ຂອງສະບັບເຕັມຄືນໃໝ່.",
        "The update that was cut off cannot be finished: {path} is damaged or not allowed. Unpack a whole copy anew.",
    ),
    # Age
    "fresh": (
        "Dữ liệu tính đến ngày {date}. Cần kiểm tra lại trước ngày {check}.",
        "ຂໍ້ມູນມາຮອດວັນທີ {date}. ຄວນກວດກາຄືນ ກ່ອນວັນທີ {check}.",
        "Data of {date}. Due to be checked again by {check}.",
    ),
    "ageing": (
        (
            "Bản này đã qua ngày kiểm tra lại ({check}): dữ liệu tính đến ngày {date}, đã {n} ngày. Lệ phí, giờ mở cửa và "
            "quy định có thể đã đổi."
        ),
        (
            "ສະບັບນີ້ກາຍວັນກວດກາຄືນແລ້ວ ({check}): ຂໍ້ມູນມາຮອດວັນທີ {date}, {n} ວັນກ່ອນ. ຄ່າທຳນຽມ, ເວລາເປີດ-ປິດ ແລະ "
            "ລະບຽບການ ອາດປ່ຽນແປງແລ້ວ."
        ),
        (
            "This copy is past its next check ({check}): data of {date}, {n} days ago. Fees, hours and rules may have "
            "changed."
        ),
    ),
    "overdue": (
        "Bản này đã quá cũ: dữ liệu tính đến ngày {date}, đã {n} ngày. Hãy hỏi lại cửa khẩu trước khi dùng.",
        "ສະບັບນີ້ເກົ່າເກີນໄປ: ຂໍ້ມູນມາຮອດວັນທີ {date}, {n} ວັນກ່ອນ. ກະລຸນາສອບຖາມດ່ານ ກ່ອນນຳໃຊ້.",
        "This copy is too old: data of {date}, {n} days ago. Ask the gate before you rely on it.",
    ),
    "no-index": (
        "Không đọc được dữ liệu tìm kiếm trong {path}.",
        "ອ່ານຂໍ້ມູນຄົ້ນຫາໃນ {path} ບໍ່ໄດ້.",
        "Cannot read the search data in {path}.",
    ),
}


def say(key: str, language: Language, **values: object) -> str:
    """The words under `key` in one language."""
    return WORDS[key][LANGUAGES.index(language)].format(**values)


def spoken() -> tuple[Language, ...]:
    """The languages to speak: the environment's if it is one of ours, else all three."""
    for variable in ("HANDBOOK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        for language in LANGUAGES[:2]:
            if os.environ.get(variable, "").lower().startswith(language):
                return (language,)
    return LANGUAGES


def day_words(iso: str) -> str:
    """`2026-11-21` as both languages write it in figures: 21/11/2026."""
    return "/".join(str(int(part)) for part in reversed(iso.split("-")))
