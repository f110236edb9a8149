"""Spreadsheets as they come back broken, or made to harm: each seed gives one, always the same."""

import datetime as dt
import io
import random
import zipfile

from openpyxl import Workbook

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac-roman", "cp500")
ODD_CELLS = (
    *(
        "=1+1",
        '=HYPERLINK("http://x.example")',
        "+31",
        "@SUM(A1)",
        "#N/A",
        "#REF!",
        "12-sep",
        "1e309",
    ),
    *("99999999999999999999", "-1", "NaN", "\u202e", "\U0001f600", "é" * 500, "x" * 40_000, "''"),
    *("<script>", "GM9999", "gm0546", "JA", "waar", "\t", "\r", '"', "a\nb", "0", "1,5", "1.5"),
)
ODD_VALUES = (
    *(True, False, None, 1.5, -3, 10**18, dt.date(2026, 3, 1), dt.date(1800, 1, 1)),
    *(dt.time(12, 30), "=SUM(A1:A9)", "=1/0", "", " ", "12-18", "x" * 32_000),
)
NO_TABLES = (b"", b"\0" * 50, b"%PDF-1.7", b"{}", b"<html>", b"PK\x05\x06" + b"\0" * 18)


def mutated(seed, headings, rows):
    """Return the content of a file made of these rows, broken in one to four ways."""
    dice = random.Random(seed)
    table = [list(headings), *(list(row) for row in rows)]
    if dice.random() < 0.03:
        return dice.choice(NO_TABLES)
    for _turn in range(dice.randint(1, 4)):
        dice.choice(TABLE_CHANGES)(dice, table)
    return _as_csv(dice, table) if dice.random() < 0.5 else _as_workbook(dice, table)


def _odd_cell(dice, table):
    row = dice.choice(table)
    if row:
        row[dice.randrange(len(row))] = dice.choice(ODD_CELLS)


def _shuffled(dice, table):
    order = list(range(len(table[0])))
    dice.shuffle(order)
    table[:] = [[row[at] if at < len(row) else "" for at in order] for row in table]


def _lost_column(dice, table):
    at = dice.randrange(max(len(table[0]), 1))
    table[:] = [row[:at] + row[at + 1 :] for row in table]


def _ragged(dice, table):
    at = dice.randrange(len(table))
    table[at] = table[at][: dice.randint(0, 3)] if dice.random() < 0.5 else table[at] * 9


def _repeated(dice, table):
    table.extend([list(dice.choice(table)) for _turn in range(dice.choice([1, 2, 30]))])


def _title_above(dice, table):
    table[:0] = [["Sociale kaart"], []] * dice.randint(1, 20)


def _same_heading(dice, table):
    if table[0]:
        table[0][dice.randrange(len(table[0]))] = table[0][0]


TABLE_CHANGES = (
    *(_odd_cell, _odd_cell, _odd_cell, _shuffled, _lost_column, _ragged, _repeated),
    *(_title_above, _same_heading),
)


def _as_csv(dice, table):
    separator = dice.choice(";;;,\t|")
    lines = [
        separator.join(_quoted(str("" if cell is None else cell), separator) for cell in row)
        for row in table
    ]
    text = dice.choice(["", "sep=;\r\n"]) + dice.choice(["\r\n", "\n"]).join(lines)
    content = text.encode(dice.choice(ENCODINGS), errors="replace")
    return _with_broken_bytes(dice, content)


def _quoted(cell, separator):
    if any(one in cell for one in (separator, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _with_broken_bytes(dice, content):
    way = dice.random()
    if way < 0.1:
        return content[: dice.randrange(len(content) + 1)]
    if way < 0.2 and content:
        at = dice.randrange(len(content))
        return content[:at] + bytes([dice.randrange(256)]) + content[at + 1 :]
    if way < 0.25:
        return content + b"\n" * 300_000 + b"x;y\n" * 30_000
    return content


def _as_workbook(dice, table):
    book = Workbook()
    sheet = book.active
    for number, row in enumerate(table, 1):
        for column, cell in enumerate(row, 1):
            value = dice.choice(ODD_VALUES) if dice.random() < 0.03 else _storable(cell)
            sheet.cell(number, column, value)
    if dice.random() < 0.3:
        sheet.merge_cells(start_row=1, end_row=dice.randint(2, 4), start_column=1, end_column=2)
    if dice.random() < 0.1:
        sheet.cell(dice.choice([30_000, 1_048_576]), dice.choice([1, 16_384]), "ver weg")
    if dice.random() < 0.2:
        book.create_sheet("Blad 2").append(["Meer", "onzin"])
    content = io.BytesIO()
    book.save(content)
    return _with_broken_parts(dice, content.getvalue())


def _storable(cell):
    """Return what a workbook can hold of a cell: no control characters."""
    text = str("" if cell is None else cell)[:32_000]
    return "".join(one for one in text if one in "\t\n" or " " <= one < "\ufffe")


def _with_broken_parts(dice, content):
    way = dice.random()
    if way < 0.4:
        return content
    if way < 0.5:
        return _with_broken_bytes(dice, content)
    parts = dict(_parts_of(content))
    name = dice.choice(list(parts))
    changes = {
        "bomb": lambda: parts.update({"xl/media/bom.bin": b"\0" * 30_000_000}),
        "macro": lambda: parts.update({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100}),
        "entity": lambda: parts.update({name: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + parts[name]}),
        "lost": lambda: parts.pop(name),
        "cut": lambda: parts.update({name: parts[name][: len(parts[name]) // 2]}),
        "outside": lambda: parts.update({"../../weg.txt": b"x"}),
    }
    changes[dice.choice(list(changes))]()
    return _zipped(parts)


def _parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        yield from ((name, parts.read(name)) for name in parts.namelist())


def _zipped(parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return content.getvalue()


# --- made to harm --------------------------------------------------------------------------------

UNSEEN = (
    *("\x07", "a\x0bb", "\x1f", "x\x7f", "\ufeff1", "\u2028", "\x85", "\x00", "_x0007_", "_x0000_"),
    *("\ufffe", "\uffff", "a\x08\x08b", "\u200b12", "\u202egro"),
)
OF_OTHERS = ("999999", "-1", "0", "1", "9" * 30, "GM0363", "via arts", "ja;nee", "1,2,3", "1 1")
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def hostile(seed, headings, rows):
    """Return a broken file, of which a part holds unseen characters, strange codes or a bomb."""
    dice = random.Random(f"hostile {seed}")
    way = dice.random()
    if way < 0.03:
        return dice.choice(BOMBS)(headings, rows)
    table = [list(row) for row in rows]
    if way < 0.6:
        for _turn in range(dice.randint(1, 3)):
            row = dice.choice(table)
            row[dice.randrange(len(row))] = dice.choice(UNSEEN if way < 0.3 else OF_OTHERS)
    return mutated(seed, headings, table)


def _million_lines(headings, rows):
    return (";".join(headings) + "\n" + "x;y\n" * 1_000_000).encode()


def _million_rows(headings, rows):
    return _with_sheet(headings, rows, lambda xml: _in_rows(xml, b"<row/>" * 1_000_000))


def _one_text_a_million_times(headings, rows):
    """A short file in which every cell is the same long text, with a space that is cut off."""
    text = "x" * 30_000 + " "
    shared = f"<sst {MAIN}><si><t xml:space='preserve'>{text}</t></si></sst>".encode()
    cells = b"<row>" + b'<c t="s"><v>0</v></c>' * 50 + b"</row>"
    return _with_sheet(
        headings,
        rows,
        lambda xml: _in_rows(xml, cells * 15_000),
        **{"xl/sharedStrings.xml": shared},
    )


def _longest_text(headings, rows):
    shared = f"<sst {MAIN}><si><t>{'x ' * 8_000_000}</t></si></sst>".encode()
    cells = b"<row>" + b'<c t="s"><v>0</v></c>' * 50 + b"</row>"
    return _with_sheet(
        headings, rows, lambda xml: _in_rows(xml, cells), **{"xl/sharedStrings.xml": shared}
    )


def _many_styles(headings, rows):
    styles = f"<styleSheet {MAIN}><cellXfs>{'<xf/>' * 3_000_000}</cellXfs></styleSheet>"
    return _with_sheet(headings, rows, lambda xml: xml, **{"xl/styles.xml": styles.encode()})


def _blank_sheet(headings, rows):
    return _with_sheet(headings, rows, lambda xml: xml + b" " * 60_000_000)


def _formulas(headings, rows):
    cells = b"<row>" + b'<c><f>HYPERLINK("http://x.example")</f></c>' * 20 + b"</row>"
    return _with_sheet(headings, rows, lambda xml: _in_rows(xml, cells * 20))


def _macros(headings, rows):
    return _with_sheet(
        headings, rows, lambda xml: xml, **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 5_000}
    )


BOMBS = (
    *(_million_lines, _million_rows, _one_text_a_million_times, _longest_text),
    *(_many_styles, _blank_sheet, _formulas, _macros),
)


def _with_sheet(headings, rows, change, **parts):
    """Return a workbook of these rows with its sheet changed and other parts in it."""
    book = Workbook()
    for row in (headings, *rows):
        book.active.append([_storable(cell) for cell in row])
    content = io.BytesIO()
    book.save(content)
    found = dict(_parts_of(content.getvalue()))
    return _zipped(found | {SHEET: change(found[SHEET])} | parts)


def _in_rows(xml, more):
    return xml.replace(b"</sheetData>", more + b"</sheetData>")
