"""The encodings and line ends of a text: read to the same records, written back as they came, broken bytes and all."""

from __future__ import annotations

import base64
import json
import quopri
import random
from itertools import cycle
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.test_cli import CLEAN, GARBLED

import jxmb
from jxmb import documents
from jxmb.cli import main
from jxmb.findings import Safety
from jxmb.source import LOST, Source
from jxmb.source.decoding import Undecodable, decode, known

SEEDED = settings(max_examples=60)
MARKS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
    "gb18030": b"",
    "gbk": b"",
}
ENDS = ("\n", "\r\n", "\r")
NAMED = (
    "big5",
    "cp950",
    "shift_jis",
    "euc_kr",
    "latin-1",
    "utf-16",
    "utf-16-be",
    "hz",
    "utf-7",
    "gb2312",
)
FORM = Path("form.txt")


def written(text: str, encoding: str, end: str = "\n") -> bytes:
    """A text as a file of that kind."""
    return MARKS[encoding] + text.replace("\n", end).encode(encoding)


def records(data: bytes) -> object:
    """What is read from a file, but for its encoding."""
    shape = jxmb.convert(documents.open(data))
    return [one["forms"] for one in shape["documents"]]


def codes(source: Source) -> list[str]:
    """The codes of all findings."""
    return [one.code for one in jxmb.check(source)]


@pytest.mark.parametrize("end", ENDS, ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize("encoding", MARKS)
def test_the_same_records_in_every_encoding(encoding, end):
    data = written(GARBLED, encoding, end)
    assert records(data) == records(GARBLED.encode())
    source = documents.open(data)
    assert source.encode(source.text) == data and not source.lossy


@pytest.mark.parametrize("end", ENDS, ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize("encoding", MARKS)
def test_a_fix_is_written_in_the_encoding_of_the_file(tmp_path, encoding, end):
    path = tmp_path / "form.txt"
    path.write_bytes(written(GARBLED, encoding, end))
    assert jxmb.fix(path).data == written(GARBLED.replace("》", "≥"), encoding, end)
    assert jxmb.fix(Source(CLEAN)).data == CLEAN.encode()


@SEEDED
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")),
    st.sampled_from([*MARKS]),
)
def test_any_text_is_written_back_as_it_came(text, encoding):
    try:
        data = written(text, encoding)
    except UnicodeEncodeError:
        return
    try:
        source = decode(data, encoding=encoding)
    except Undecodable:
        pytest.fail("a text in a named encoding is text")
    assert source.encode(source.text) == data
    assert source.text == text


@SEEDED
@given(st.binary(max_size=200), st.sampled_from([None, *MARKS, *NAMED]))
def test_any_bytes_are_a_text_or_none(data, encoding):
    try:
        source = decode(data, encoding=encoding)
    except Undecodable:
        return
    assert source.lossy or source.encode(source.text) == data
    source.text.encode()  # no half characters
    assert "JX003" not in codes(source)


@SEEDED
@given(st.text(alphabet=st.characters(), max_size=30), st.integers(0, len(GARBLED)))
def test_half_a_character_is_a_lost_one(text, at):
    source = Source(GARBLED[:at] + text + "\udcff\ud800" + GARBLED[at:])
    assert source.lossy and source.text.count(LOST) >= 2
    found = jxmb.check(source)
    assert "JX003" not in {one.code for one in found}
    assert not any(one.changes for one in found)


@pytest.mark.parametrize("cell", ["教师培训", "培训合格率", "≥90%", "教育局", "满意度指标\t"])
def test_half_a_character_in_a_cell_is_said(tmp_path, cell):
    """Of a text that a program gives, and of a file in UTF-16."""
    text = GARBLED.replace(cell, f"{cell[:1]}\ud800{cell[1:]}", 1)
    data = b"\xff\xfe" + text.encode("utf-16-le", "surrogatepass")
    for source in (Source(text), documents.open(data)):
        found = jxmb.check(source)
        assert "JX109" in {one.code for one in found}
        assert "JX003" not in {one.code for one in found}
        assert not any(one.changes for one in found)
    path = tmp_path / "form.txt"
    path.write_bytes(data)
    assert jxmb.fix(path).data == data


@SEEDED
@given(st.integers(0, len(GARBLED) - 1))
@example(GARBLED.index("目起止"))
@example(GARBLED.index("年)"))
def test_a_lost_character_is_named_wherever_in_a_form_it_stands(at):
    """Within a label, which is none then and falls out of the table, too."""
    found = jxmb.check(GARBLED[:at] + LOST + GARBLED[at:])
    lines = [one.place.line for one in found if one.code == "JX109"]
    assert lines == [GARBLED.count("\n", 0, at) + 1]


# --- broken bytes


def damaged(data: bytes, how: str, places: list[int]) -> bytes:
    """Bytes with a stray one put in, one put in place of another, or one taken out at some places."""
    for at in sorted((place % len(data) for place in places), reverse=True):
        stray = b"" if how == "out" else b"\xff"
        data = data[:at] + stray + data[at + (how != "in") :]
    return data


@SEEDED
@given(
    st.sampled_from(["utf-8", "gb18030"]),
    st.sampled_from(["in", "over", "out"]),
    st.lists(st.integers(0, 10_000), min_size=1, max_size=3),
)
def test_a_few_broken_bytes_are_read_past(encoding, how, places):
    data = damaged(written(GARBLED, encoding), how, places)
    source = decode(data)
    if how != "out":
        assert source.encoding == encoding and source.lossy
    # No character is made up: what is not sure is lost. (Two places side by side may make another one.)
    if len(places) == 1 and source.lossy and source.encoding == encoding:
        assert set(source.text) <= set(GARBLED) | {LOST}
    found = jxmb.check(source)
    assert "JX003" not in {one.code for one in found}
    if source.lossy:
        assert not any(one.changes for one in found)
        assert jxmb.fix(source).text == source.text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_each_broken_place_is_named(encoding):
    data = GARBLED.encode(encoding)
    for word in ("教师培训", "合格率", "优良率"):
        at = data.index(word.encode(encoding))
        data = data[:at] + b"\xff" + data[at:]
    found = [one for one in jxmb.check(documents.open(data)) if one.code == "JX109"]
    assert [one.place.line for one in found] == [3, 12, 15]
    assert all(LOST in one.message.zh for one in found)


@pytest.mark.parametrize("cut", range(4))
def test_gb18030_that_stops_within_a_character(cut):
    data = GARBLED.encode("gb18030")
    source = decode(data[: data.index("优良率".encode("gb18030")) + 4 - cut])
    assert source.encoding == "gb18030"
    assert source.text.startswith(GARBLED[: GARBLED.index("优良率")])


def test_a_lone_byte_at_the_end_of_a_line():
    source = decode(GARBLED.encode("gb18030").replace(b"\n", b"\xb0\n", 1))
    assert source.text == GARBLED.replace("\n", f"{LOST}\n", 1)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_tenth_of_the_characters_may_be_broken(encoding):
    chance = random.Random(1)
    data = bytearray(GARBLED.encode(encoding))
    for at in chance.sample([at for at, byte in enumerate(data) if byte >= 0x80], 12):
        data[at] = 0xFF
    source = decode(bytes(data))
    assert (source.encoding, source.lossy) == (encoding, True)
    assert len(source.text.split("\n")) == len(GARBLED.split("\n"))


def test_too_many_broken_bytes_are_no_text():
    chance = random.Random(1)
    with pytest.raises(Undecodable, match="编码"):
        decode(bytes(chance.randrange(0x80, 0x100) for _ in range(2000)))


def test_work_on_broken_bytes_grows_with_them():
    line = GARBLED.replace("\n", " ").encode("gb18030") + b"\xff"
    assert decode(line * 20).text == decode(line).text * 20


def test_gb18030_is_written_back_character_by_character():
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    fours = (
        bytes((lead, 0x30 + lead % 10, third, 0x30 + third % 10))
        for lead in range(0x81, 0xFF)
        for third in range(0x81, 0xFF)
    )
    for data in (*pairs, *fours):
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            continue
        assert text.encode("gb18030") == data


# --- what programs make of a file

UTF8, GBK = GARBLED.encode(), GARBLED.encode("gb18030")
MIDST = UTF8.index("训教师".encode())  # where a character begins
PRINTED = "\n备注：本表由绩效科统一印制\n"
NO_TEXT, NO_FORM, SAME, LOSSY = "no text", "no form", "same", "lossy"
MADE: dict[str, tuple[bytes, str]] = {
    "GB 2312": (GARBLED.encode("gb2312"), SAME),
    "GB18030 with its mark": (b"\x84\x31\x95\x33" + GBK, SAME),
    "two marks": (b"\xef\xbb\xbf" * 2 + UTF8, SAME),
    "two marks of UTF-16": (b"\xff\xfe" * 2 + GARBLED.encode("utf-16-le"), SAME),
    "LF, CR LF and CR by turns": ("".join(map(str.__add__, GARBLED.split("\n"), cycle(("\n", "\r\n", "\r")))).encode(), SAME),
    "the end of a DOS file": (UTF8 + b"\x1a", SAME),
    "cut within a character": (UTF8[:-5], LOSSY),
    "a stray byte": (UTF8[:MIDST] + b"\xff" + UTF8[MIDST:], LOSSY),
    "a stray 0x80 in GBK": (GBK.replace("培训教师".encode("gbk"), "培训".encode("gbk") + b"\x80" + "教师".encode("gbk"), 1), LOSSY),
    "half a pair in UTF-8": (UTF8[:MIDST] + b"\xed\xa0\x80" + UTF8[MIDST:], LOSSY),
    "an odd byte behind UTF-16": (GARBLED.encode("utf-16") + b"\n", LOSSY),
    "half a pair behind UTF-16": (GARBLED.encode("utf-16") + b"\x00\xd8", LOSSY),
    "a line of GBK behind UTF-8": (UTF8 + PRINTED.encode("gbk"), LOSSY),
    "a line of UTF-8 behind GBK": (GBK + PRINTED.encode(), LOSSY),
    "half UTF-8, half GBK": (GARBLED[:160].encode() + GARBLED[160:].encode("gbk"), NO_TEXT),
    "half GBK, half UTF-8": (GARBLED[:160].encode("gbk") + GARBLED[160:].encode(), NO_TEXT),
    "a third of the bytes": (bytes(0xFF if at % 3 == 0 else one for at, one in enumerate(UTF8)), NO_TEXT),
    "UTF-16 without a mark": (GARBLED.encode("utf-16-le"), NO_TEXT),
    "big-endian, without a mark": (GARBLED.encode("utf-16-be"), NO_TEXT),
    "an empty byte": (UTF8[:MIDST] + b"\0" + UTF8[MIDST:], NO_TEXT),
    "empty bytes at the end": (UTF8 + b"\0\0\0", NO_TEXT),
    "an empty character": (GARBLED.encode("utf-16") + b"\0\0", NO_TEXT),
    "UTF-7": (GARBLED.encode("utf-7"), NO_FORM),
    "HZ": (GARBLED.encode("hz", "ignore"), NO_FORM),
    "quoted-printable": (quopri.encodestring(UTF8), NO_FORM),
    "base64": (base64.encodebytes(UTF8), NO_FORM),
}  # fmt: skip


@pytest.mark.parametrize(("data", "outcome"), MADE.values(), ids=MADE)
def test_what_programs_make_of_a_file(tmp_path, data, outcome):
    """Read as it was, read with its broken places named, or not read and said so; never half in silence."""
    path = tmp_path / "form.txt"
    path.write_bytes(data)
    found = jxmb.check(path)
    said = {one.code for one in found}
    assert "JX003" not in said
    if outcome in (NO_TEXT, NO_FORM):
        assert said == {"JX001" if outcome == NO_TEXT else "JX002"}
        assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 3
        return
    source = documents.read(path)
    assert source.lossy == (outcome == LOSSY)
    if outcome == SAME:
        assert records(data) == records(UTF8) and source.encode(source.text) == data
        assert jxmb.fix(path).changed
    else:
        assert LOST in source.text and len(jxmb.parse(source).projects) == 1
        assert jxmb.fix(path).data == data


def test_what_a_page_says_of_its_encoding_is_not_believed(tmp_path):
    data = b"<meta charset=gbk>\n" + UTF8
    assert documents.open(data).text == f"<meta charset=gbk>\n{GARBLED}"
    assert len(jxmb.parse(documents.open(data)).projects) == 1


# --- named encodings

TRADITIONAL = "項目名稱\t河道巡護\n主管部門\t水利局\n年度目標\t巡查河道，修補堤岸，清除漂浮雜物\n"


def test_big5_is_read_where_it_is_named():
    data = TRADITIONAL.encode("big5")
    source = decode(data, encoding="Big5")
    assert (source.text, source.encoding) == (TRADITIONAL, "big5")
    assert source.encode(source.text) == data


def test_big5_is_not_taken_for_gbk():
    with pytest.raises(Undecodable, match="Big5"):
        decode(TRADITIONAL.encode("big5"))
    for text in (TRADITIONAL, GARBLED, "鳡鱼、䴙䴘、鼋、鳑鲏\t①②③\n", "Café\n", "≥5㎡"):
        assert decode(text.encode("gb18030")).text == text


def test_what_an_encoding_has_no_character_for_is_not_written():
    text = GARBLED.encode("shift_jis", "ignore").decode("shift_jis")
    source = decode(text.encode("shift_jis"), encoding="shift_jis")
    assert source.takes("≧") and not source.takes("⩾")
    done = jxmb.fix(source)
    assert source.encode(done.text) == done.data


@pytest.mark.parametrize(
    "name", ["big-five", "", "idna", "rot13", "base64", "undefined", "\x1b[31m"]
)
def test_an_unknown_encoding_is_one_sentence(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    Path("form.txt").write_text(CLEAN, encoding="utf-8")
    for command in ("check", "convert"):
        done = CliRunner().invoke(main, [command, "--encoding", name, "form.txt"])
        assert done.exit_code == 2
        assert done.output.startswith("jxmb: 未知编码") and done.output.count("\n") == 1
    with pytest.raises(LookupError):
        known(name)


def test_the_option_names_the_encoding_of_all_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("form.txt").write_bytes(GARBLED.encode("utf-16-be"))
    assert CliRunner().invoke(main, ["check", "form.txt"]).exit_code
    done = CliRunner().invoke(main, ["convert", "--encoding", "UTF-16BE", "form.txt"])
    (document,) = json.loads(done.stdout)["documents"]
    assert document["encoding"] == "utf-16-be" and len(document["forms"]) == 1
    done = CliRunner().invoke(main, ["check", "--fix", "--encoding", "utf-16-be", "form.txt"])
    assert done.exit_code == 0
    assert Path("form.txt").read_bytes() == GARBLED.replace("》", "≥").encode("utf-16-be")


# --- UTF-8 that was read as GBK


@pytest.mark.parametrize("lost", [LOST, "?"])
def test_a_text_that_was_read_as_gbk_is_offered_as_it_was(tmp_path, monkeypatch, lost):
    monkeypatch.chdir(tmp_path)
    misread = CLEAN.encode().decode("gb18030", "replace").replace(LOST, lost)
    path = Path("form.txt")
    path.write_text(misread, encoding="utf-8")
    (found,) = (one for one in jxmb.check(misread) if one.code == "JX109")
    assert found.safety is Safety.UNSAFE and "项目支出绩效目标" in found.message.zh
    assert jxmb.fix(path).data == misread.encode()
    CliRunner().invoke(main, ["check", "--fix", "--unsafe-fixes", "form.txt"])
    restored = path.read_text(encoding="utf-8")
    assert "项目名称\t教师培训\n" in restored
    assert set(restored) <= set(CLEAN) | set(misread) | {LOST}
    assert Path("form.txt.bak").read_bytes() == misread.encode()


@pytest.mark.parametrize(
    "text",
    [
        "时效指标完成情况，时效指标完成情况",
        "Café Zoë " * 9,
        "鳡鱼、䴙䴘栖息地保护，按时完成",
        LOST * 40,
    ],
)
def test_a_text_without_a_form_is_not_taken_for_another(text):
    assert codes(Source(text)) == ["JX002"]
