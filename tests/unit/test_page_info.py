"""What a page carries in its first line, says in its summary, and where it is corrected."""

from generator.site.page_info import Neighbour, PageInfo, first_line, summary_of, take
from generator.site.shell import edit_address, report_address

TITLE = 'Chợ </title><script>alert(1)</script> "x" --> {#id}'


def test_first_line_carries_what_it_was_given() -> None:
    info = PageInfo(
        source="data/gates/lao-bao.yaml",
        title=TITLE,
        description="a -- b",
        previous=Neighbour("gates/a", "ກ"),
        next=Neighbour("gates/c", "ຄ"),
        thing={"@type": "GeoCoordinates", "latitude": -1.5, "name": "---><!--"},
        scripts=("search/search.js",),
        is_html=True,
    )
    line = first_line(info)
    assert line.count("\n") == 1 and line.count("-->") == 1
    assert take(line + "rest") == (info, "rest")
    assert take("# No comment\n") == (PageInfo(written=True), "# No comment\n")


def test_long_summary_is_cut_at_a_space() -> None:
    phrase = "ດ່ານສາກົນ ແດນສະຫວັນ "
    text = summary_of(f'<p class="lead">{phrase * 20}</p>')
    assert text.endswith("…") and set(text[:-1].split()) == set(phrase.split())
    assert summary_of("<p>a&amp;b <b>c</b></p>") == "a&b c"


def test_addresses_of_code_hosts() -> None:
    assert edit_address("", "data/x.yaml") == report_address("", "t", "b") == ""
    assert edit_address("https://gitlab.example/a/", "f") == "https://gitlab.example/a/-/edit/main/f"
    assert "issue%5Btitle%5D=t" in report_address("https://gitlab.example/a/", "t", "b")
