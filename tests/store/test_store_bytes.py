"""What a file is made of: encodings, line ends, hidden characters, places far inside, and what is no file."""

import os
import re
import sys
import threading
import tracemalloc
from itertools import cycle, product
from time import process_time

import pytest
import yaml

import cs_facts.text
from cs_facts.errors import StoreUnreadable
from cs_facts.store.loader import load
from cs_facts.store.reading import MOST_FAULTS
from making import check

both_parsers = pytest.mark.usefixtures("parser")

STORE = """\
facts_format: 1
categories:
  talent: 人才
sources:
  report: {type: report, title: 报告}
facts:
  - id: graduates
    category: talent
    title: 毕业生
    text: Many came.
    source: report
"""

NOT_TEXT = "is not UTF-8 text; save the file as UTF-8"
GLUED = "a comment cuts this value short; quote the text, or put a space behind the #"


def hidden(char):
    """Return what is said of a hidden character."""
    return f"character U+{ord(char):04X} must not stand in a store; take it out"


@both_parsers
@pytest.mark.parametrize(
    ("content", "place", "byte"),
    [
        (STORE.encode("utf-16"), "1:1", "FF"),
        (b"\xfe\xff" + STORE.encode("utf-16-be"), "1:1", "FE"),
        (STORE.encode("utf-16-le"), "1:2", "00"),
        (STORE.encode("utf-32-be"), "1:1", "00"),
        (STORE.encode("gbk"), "3:11", "C8"),
        (STORE.encode().replace(b"Many", b"M\xffny"), "10:12", "FF"),
        (STORE.encode().replace(b"Many", b"M\xed\xa0\x80ny"), "10:12", "ED"),
        (STORE.encode().replace(b"Many", b"M\xc0\xafny"), "10:12", "C0"),
        (STORE.encode() + "# 中".encode()[:-1], "12:3", "E4"),
        (b"\x89PNG\r\n\x1a\n", "1:1", "89"),
        (b"SQLite format 3\x00\x10\x00", "1:16", "00"),
    ],
    ids=["UTF-16", "UTF-16BE", "no BOM", "UTF-32", "GBK", "lone byte", "surrogate", "overlong", "cut off", "PNG", "db"],
)
def test_not_utf8(faults, content, place, byte):
    """What is not UTF-8 is one fault, at its first byte, and nothing is guessed about the rest."""
    assert faults(content) == [f"{place}: byte 0x{byte} {NOT_TEXT}"]


def test_faults_before_what_is_not_text(faults, parser):
    """The faults that stand before the first bad byte are told with it; PyYAML's own parser reads too far ahead."""
    content = STORE.replace("id: graduates", "id: graduates\n    titel: x").encode() + b"  - id: b\n\xff"
    before = ["8:5: unknown key 'titel' of a fact: did you mean 'title'?"] if parser == "CSafeLoader" else []
    assert faults(content) == [*before, f"14:1: byte 0xFF {NOT_TEXT}"]


@both_parsers
def test_byte_order_mark(faults):
    """A byte order mark at the beginning is fine and takes no column."""
    assert faults(b"\xef\xbb\xbf" + STORE.encode()) == []
    assert faults(b"\xef\xbb\xbf" + STORE.replace("_format: 1", "_format: 2").encode()) == [
        "1:15: format '2' is not known; this version reads format 1"
    ]
    assert faults(b"\xef\xbb\xbf" + STORE.replace("_format: 1", "_format: 1 #x").encode()) == [f"1:16: {GLUED}"]


@both_parsers
@pytest.mark.parametrize("ends", [["\r\n"], ["\r"], ["\r\n", "\r", "\n"]], ids=["CRLF", "CR", "mixed"])
def test_line_ends(faults, ends):
    """Each of CRLF, a lone CR and LF ends one line, for the parser as for the search for hidden characters."""

    def ended(text):
        return "".join(map("".join, zip(text.splitlines(), cycle(ends), strict=False)))

    text = STORE.replace("Many came.", "Many\u202e came #1")
    assert faults(ended(text)) == [f"10:15: {hidden(chr(0x202E))}", f"10:21: {GLUED}"]
    assert faults(ended(STORE)) == []


HIDDEN = "\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x80\x85\x9b\u2028\u2029\u202a\u202e\u2066\u2069\ufffe\uffff"


@both_parsers
@pytest.mark.parametrize("char", HIDDEN, ids=lambda char: f"U+{ord(char):04X}")
def test_hidden_characters(faults, char):
    """A character that a terminal obeys is refused wherever it stands, and so is its escape in double quotes."""
    escape = f"\\u{ord(char):04x}"
    assert faults(STORE.replace("Many", f"M{char}any")) == [f"10:12: {hidden(char)}"]
    assert faults(STORE.replace("Many came.", f'"M{char}any"')) == [f"10:13: {hidden(char)}"]
    assert faults(STORE.replace("Many came.", f'"M{escape}any"')) == [f"10:11: {hidden(char)}"]
    assert faults(f"{STORE}# a{char}b\n") == [f"12:4: {hidden(char)}"]
    assert faults(f'{STORE}    "note{escape}": x\n') == [f"12:5: {hidden(char)}"]


@both_parsers
def test_escapes_of_yaml(faults):
    """The short escapes of YAML for control characters are refused as the long ones are; a tab is a tab."""
    for escape, code in ((r"\0", 0), (r"\e", 0x1B), (r"\N", 0x85), (r"\L", 0x2028), (r"\P", 0x2029), (r"\r", 0x0D)):
        assert faults(STORE.replace("Many came.", f'"M{escape}any"')) == [f"10:11: {hidden(chr(code))}"]
    assert faults(STORE.replace("Many came.", r'"M\t\n\xa0any"')) == []


@both_parsers
def test_messages_hold_nothing_hidden(faults):
    """No message repeats a character that a terminal obeys, not from a tag, a key or an anchor."""
    for line in ("note: !%1B%9B x", '"a\\e": x', "note: !%C2%85%E2%80%AE x", "'\u202e': x"):
        found = faults(f"{STORE}    {line}\n")
        assert found
        assert all(fault.isprintable() for fault in found)


@pytest.mark.parametrize("size", [60_000, 300_000])
def test_far_inside(faults, size):
    """A fault far inside a file has its right line and column."""
    line = "    # 长沙 #1: é😀\n"
    text = STORE.replace("    text:", line * (size // len(line)) + "    text:")
    after = text.count("\n") + 1
    assert faults(text) == []
    assert faults(f"{text}    note: 说法 #1\n    paragraph: 0\n    # \u202e\n") == [
        f"{after}:13: {GLUED}",
        f"{after + 1}:16: '0' is no paragraph; the non-empty lines of the source count from 1",
        f"{after + 2}:7: {hidden(chr(0x202E))}",
    ]


@pytest.mark.parametrize("shift", range(4))
def test_wide_characters_on_every_border(faults, tmp_path, shift):
    """Characters of two to four bytes come through whole wherever a buffer of 2ⁿ bytes ends."""
    value = "é汉😀" * 40_000
    text = STORE.replace("Many came.", "x" * shift + value)
    assert faults(text) == []
    assert load([tmp_path / "store.yaml"]).facts[0].text == {"": "x" * shift + value}
    assert faults(text.replace(value, value + " #1")) == [f"10:{11 + shift + len(value)}: {GLUED}"]


def test_what_is_no_regular_file(tmp_path):
    """A named pipe and a link to a device are refused at once: nobody waits for a writer or reads without end."""
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    found = []
    thread = threading.Thread(target=lambda: found.extend(map(str, check(tmp_path))), daemon=True)
    thread.start()
    thread.join(10)  # or it hangs for ever
    told = "1:1: error: is not a regular file; a store is a YAML file, or a folder of them"
    assert found == [f"{tmp_path / name}.yaml:{told}" for name in ("pipe", "zero")]


def test_what_cannot_be_opened(tmp_path):
    """A link to nothing and a path that cannot be are unreadable."""
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "a.yaml").symlink_to(tmp_path / "none")
    for name, why in {"links": r"a\.yaml: no such", "a\0b": "name a YAML file", "a" * 5000: "name a YAML file"}.items():
        with pytest.raises(StoreUnreadable, match=why):
            check(tmp_path / name)


@pytest.mark.parametrize("white", [" ", "\t", "\n"])
def test_a_megabyte_of_white_space_is_read_at_once(faults, white):
    """However long a row of white space is, it is looked at once; of a long figure the message has the beginning."""
    began = process_time()
    (fault,) = faults(f"{STORE}    figure: {'x' * 300_000}\n{white * 300_000}# end\n")
    assert process_time() - began < 3
    assert len(fault) < 400


@pytest.mark.parametrize(("part", "told"), [("\x01", 21), ("a: \x1b\n", 42), ("? [x]\n", 21)])
def test_faults_that_are_alike_are_counted(faults, part, told):
    """Four thousand faults of a kind are told twenty times, then by their number, in little memory."""
    content = part * 4_000
    tracemalloc.start()
    found = faults(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == told
    assert any(fault.endswith(" (and 3,980 more such faults in this file)") for fault in found)
    assert peak < 4_000_000


def test_faults_that_differ_come_to_an_end(faults):
    """Of a million different faults ten thousand are told."""
    found = faults(STORE + "".join(f"    x{number}: y\n" for number in range(MOST_FAULTS + 5)))
    assert len(found) == MOST_FAULTS + 1
    assert found[-1].endswith(": has more faults than the 10,000 told; mend these first")


def test_more_languages_than_columns(faults):
    """A store in a thousand languages is told as one fault; an index has columns for each."""
    tags = ["".join(letters) for letters in product("abcdefghij", repeat=3)]
    stores = [STORE.replace("Many came.", f"{{{', '.join(f'{tag}: x' for tag in tags[:n])}}}") for n in (649, 1000)]
    told = ["1:1: a store has at most 650 languages, this one aaa, aab, aac …, 1,001 in all"]
    assert [*map(faults, stores)] == [[], told]


def test_what_no_parser_takes_is_refused_before():
    """Every character that PyYAML's readers refuse is one of those that are told as hidden."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    refused = set(yaml.reader.Reader.NON_PRINTABLE.findall(every))
    assert refused
    assert refused - set(re.findall(f"[{cs_facts.text.HIDDEN}]", every)) == set()
