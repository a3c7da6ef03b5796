"""The README of a copy, in Vietnamese, Lao and English: as plain text, and as one page to start from."""

import re
from pathlib import Path

from markupsafe import Markup, escape

from generator.offline.portable.age import Published
from generator.offline.portable.words import LANGUAGES, day_words

TEXTS = Path(__file__).parent

SIGNING = {
    (
        "vi",
        True,
    ): "Bản này có chữ ký và chỉ nhận gói cập nhật do cùng một khóa ký. Khóa hiện ra khi kiểm tra tệp; hãy "
    "so với khóa mà nơi phát hành công bố.",
    (
        "vi",
        False,
    ): "Bản này không có chữ ký: kiểm tra tệp chỉ cho biết tệp còn nguyên, không cho biết ai làm ra.",
    (
        "lo",
        True,
    ): "ສະບັບນີ້ມີລາຍເຊັນ ແລະ ຮັບສະເພາະຊຸດປັບປຸງທີ່ມີລາຍເຊັນດ້ວຍກະແຈດຽວກັນ. ເມື່ອກວດກາໄຟລ໌ ຈະເຫັນກະແຈ; ໃຫ້ທຽບໃສ່ກະແຈທີ່ຜູ້ເຜີຍແຜ່ແຈ້ງໄວ້.",
    ("lo", False): "ສະບັບນີ້ບໍ່ມີລາຍເຊັນ: ການກວດກາບອກພຽງວ່າໄຟລ໌ຄົບຖ້ວນ, ບໍ່ໄດ້ບອກວ່າໃຜເປັນຜູ້ສ້າງ.",
    (
        "en",
        True,
    ): "This copy is signed and takes updates signed with the same key alone. The key is shown when the "
    "files are verified; compare it with the one its publisher made known.",
    ("en", False): "This copy is not signed: verifying tells that the files are whole, not who made them.",
}
_LINK = re.compile(r"(?<![\w/])(lo/index\.html|index\.html|api/v1/index\.json|LICENSE(?:-DATA)?\.txt)")
_PAGE = Markup("""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>README</title>
<style>body{{max-width:42rem;margin:1rem auto;padding:0 1rem;font:1.0625rem/1.7 sans-serif}}
pre{{background:#f3f5f2;padding:.5rem;overflow:auto}}</style>
</head>
<body>
{}
</body>
</html>
""")


def _text(language: str, published: Published, signed: bool) -> str:
    return (
        (TEXTS / f"{language}.txt")
        .read_text(encoding="utf-8")
        .format(
            date=day_words(published.on.isoformat()),
            check=day_words(published.check_by.isoformat()),
            signing=SIGNING[language, signed],
        )
    )


def _linked(line: str) -> Markup:
    return Markup(_LINK.sub(r'<a href="\1">\1</a>', str(escape(line))))


def _section(language: str, text: str) -> Markup:
    title, *lines = text.splitlines()
    parts = [Markup("<section lang='{}'><h1>{}</h1>").format(language, title)]
    for line in lines:
        if line.startswith("    "):
            parts.append(Markup('<pre lang="en">{}</pre>').format(line.strip()))
        elif line:
            parts.append(Markup("<p>{}</p>").format(_linked(line)))
    return Markup("\n").join([*parts, Markup("</section>")])


def read_me(published: Published, *, signed: bool) -> dict[str, bytes]:
    """`README.html` and a text file a language, by name. Texts have the line ends of Windows, for its old editors."""
    texts = {language: _text(language, published, signed) for language in LANGUAGES}
    page = _PAGE.format(Markup("\n").join(_section(language, text) for language, text in texts.items()))
    files = {"README.html": page.encode("utf-8")}
    for language, text in texts.items():
        files[f"README.{language}.txt"] = ("\ufeff" + text.replace("\n", "\r\n")).encode("utf-8")
    return files
