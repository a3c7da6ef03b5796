"""The words of the printed book and its posters that no page of the site has. No Lao here has been reviewed yet."""

from generator.labels import Language

# key -> (Vietnamese, Lao)
WORDS: dict[str, tuple[str, str]] = {
    "title": ("Sổ tay thương mại biên giới Việt Nam – Lào", "ປຶ້ມຄູ່ມືການຄ້າຊາຍແດນ ລາວ-ຫວຽດນາມ"),
    "languages": ("Song ngữ Việt – Lào", "ສອງພາສາ ລາວ-ຫວຽດນາມ"),
    "contents": ("Mục lục", "ສາລະບານ"),
    "reading": ("Cách đọc", "ວິທີອ່ານ"),
    "columns": (
        "Cột trái là tiếng Việt, cột phải là tiếng Lào. Cùng một dòng là cùng một điều.",
        "ຖັນຊ້າຍເປັນພາສາຫວຽດນາມ, ຖັນຂວາເປັນພາສາລາວ. ແຖວດຽວກັນແມ່ນເລື່ອງດຽວກັນ.",
    ),
    "unknown": (
        "Chưa có nguồn nào nói điều này; không phải là không có hay bằng không.",
        "ຍັງບໍ່ທັນມີແຫຼ່ງຂໍ້ມູນໃດບອກເລື່ອງນີ້; ບໍ່ໄດ້ໝາຍຄວາມວ່າບໍ່ມີ ຫຼື ເທົ່າກັບສູນ.",
    ),
    "numbers": (
        "Số trong ngoặc vuông dẫn đến nguồn ở cuối mục.",
        "ເລກໃນວົງເລັບ [ ] ໝາຍເຖິງແຫຼ່ງຂໍ້ມູນຢູ່ທ້າຍລາຍການ.",
    ),
    "conflicts": (
        "Nơi các nguồn khác nhau, cả hai đều được in.",
        "ບ່ອນທີ່ແຫຼ່ງຂໍ້ມູນແຕກຕ່າງກັນ, ໄດ້ພິມໄວ້ທັງສອງ.",
    ),
    "newer": (
        "Bản in cũ dần. Trước khi dùng, hãy so với bản mới tại:",
        "ສະບັບພິມຈະເກົ່າລົງ. ກ່ອນນຳໃຊ້ ໃຫ້ທຽບໃສ່ສະບັບໃໝ່ຢູ່:",
    ),
    "licence": (
        "Nội dung được dùng lại theo giấy phép CC BY 4.0, kèm tên sổ tay và ngày của dữ liệu.",
        "ເນື້ອໃນນຳໃຊ້ຄືນໄດ້ຕາມໃບອະນຸຍາດ CC BY 4.0, ໂດຍບອກຊື່ປຶ້ມຄູ່ມື ແລະ ວັນທີຂອງຂໍ້ມູນ.",
    ),
    "glossary-vi": ("Thuật ngữ Việt – Lào", "ຄຳສັບ ຫວຽດນາມ-ລາວ"),
    "glossary-lo": ("Thuật ngữ Lào – Việt", "ຄຳສັບ ລາວ-ຫວຽດນາມ"),
    "doubtful": ("chữ Lào chưa được xác nhận", "ຄຳສັບລາວຍັງບໍ່ທັນໄດ້ຮັບການຢືນຢັນ"),
    "index": ("Tra theo tên", "ຄົ້ນຫາຕາມຊື່"),
    "index-vi": ("Tên viết bằng chữ Việt và chữ La-tinh", "ຊື່ທີ່ຂຽນດ້ວຍຕົວໜັງສືຫວຽດນາມ ແລະ ລາແຕັງ"),
    "index-lo": ("Tên viết bằng chữ Lào", "ຊື່ທີ່ຂຽນດ້ວຍຕົວໜັງສືລາວ"),
    "sources": ("Nguồn", "ແຫຼ່ງຂໍ້ມູນ"),
    # Posters
    "papers-la-to-vn": ("Giấy tờ khi đi từ Lào sang Việt Nam", "ເອກະສານ ເມື່ອໄປຈາກລາວເຂົ້າຫວຽດນາມ"),
    "papers-vn-to-la": ("Giấy tờ khi đi từ Việt Nam sang Lào", "ເອກະສານ ເມື່ອໄປຈາກຫວຽດນາມເຂົ້າລາວ"),
    "in-all": ("Mọi hành trình trong sổ tay", "ທຸກການຂ້າມແດນ ໃນປຶ້ມຄູ່ມື"),
    "by-goods": ("Tùy hàng và người", "ຕາມສິນຄ້າ ແລະ ຜູ້ຂ້າມແດນ"),
    "more-papers": ("và {n} loại khác, xem trang của cửa khẩu", "ແລະ ອີກ {n} ຢ່າງ, ເບິ່ງໜ້າຂອງດ່ານ"),
    "no-journey": (
        "Chưa rõ: sổ tay chưa có hành trình nào biết chắc đi qua được cửa khẩu này.",
        "ຍັງບໍ່ທັນມີຂໍ້ມູນ: ຍັງບໍ່ທັນມີການຂ້າມແດນໃດ ທີ່ຮູ້ແນ່ນອນວ່າຜ່ານດ່ານນີ້ໄດ້.",
    ),
    "scan": ("Quét mã để xem trang của cửa khẩu", "ສະແກນລະຫັດ ເພື່ອເບິ່ງໜ້າຂອງດ່ານ"),
}


def word(key: str, language: Language, **values: object) -> str:
    """The words under `key` in one language."""
    return WORDS[key][0 if language == "vi" else 1].format(**values)
