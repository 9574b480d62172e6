"""One sentence, in Vietnamese and English, for every problem of a table: the command line and the pages say the same.

Facts fill the placeholders; numbers are written the way of the language (`12,5` and `12.5`).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from thidua.criteria.rules.problems import Problem
from thidua.kernel.points import format_plain, format_vietnamese

Language = Literal["vi", "en"]
Sentences = Mapping[str, tuple[str, str]]

PROBLEMS: dict[str, tuple[str, str]] = {
    # The file
    "criteria.file_absent": ("Không có tệp này.", "There is no such file."),
    "criteria.file_unreadable": ("Không mở được tệp: {cause}.", "The file cannot be opened: {cause}."),
    "criteria.file_too_big": (
        "Tệp lớn {size} MB, vượt quá giới hạn {limit} MB.",
        "The file holds {size} MB, more than the limit of {limit} MB.",
    ),
    "criteria.file_not_table": (
        "Tệp này là {what}, không phải bảng CSV hay XLSX.",
        "This file is {what}, not a CSV or XLSX table.",
    ),
    "criteria.file_damaged": ("Tệp XLSX bị hỏng, không đọc được.", "The XLSX file is damaged and cannot be read."),
    "criteria.sheet_too_wide": (
        "Trang tính có ô nằm quá xa bảng nên không đọc được; hãy chép riêng bảng sang một tệp mới.",
        "The sheet has a cell too far away from the table to be read; copy the table alone into a new file.",
    ),
    "criteria.sheet_slow": (
        "Đọc trang tính quá lâu nên đã dừng; hãy chép riêng bảng sang một tệp mới.",
        "Reading the sheet took too long and was stopped; copy the table alone into a new file.",
    ),
    "criteria.no_sheet": ("Tệp XLSX không có trang tính nào.", "The XLSX file has no sheet."),
    "criteria.wrong_encoding": (
        "Tệp không ở bảng mã UTF-8 ({found}); trong Excel, hãy lưu lại dưới dạng “CSV UTF-8”.",
        "The file is not encoded in UTF-8 ({found}); in Excel, save it again as “CSV UTF-8”.",
    ),
    "criteria.csv_broken": (
        "Không đọc được dòng CSV này: thừa hoặc thiếu dấu ngoặc kép.",
        "This CSV row cannot be read: a quotation mark is missing or one too many.",
    ),
    "criteria.cell_too_long": (
        "Một ô có hơn {limit} ký tự.",
        "A cell holds more than {limit} characters.",
    ),
    "criteria.too_many_rows": ("Bảng có hơn {limit} dòng.", "The table has more than {limit} rows."),
    "criteria.code_is_number": (
        "Mã {text} đang được lưu là số nên không phân biệt được {text} với {text}0; "
        "hãy định dạng cột là Văn bản (Text) rồi gõ lại mã.",
        "Code {text} is stored as a number, so {text} and {text}0 look alike; format the column as Text and type the code again.",
    ),
    # The frame
    "criteria.empty_table": ("Bảng không có dòng nào dưới dòng tiêu đề.", "The table has no row under its header."),
    "criteria.missing_column": (
        "Dòng tiêu đề thiếu cột {missing}; cần có ít nhất: {expected}.",
        "The header lacks the column {missing}; at least these are needed: {expected}.",
    ),
    "criteria.repeated_column": ("Cột {name} xuất hiện hai lần.", "The column {name} appears twice."),
    "criteria.unknown_column": (
        "Không có cột nào tên {name} trong mẫu; cột này bị bỏ qua.",
        "The format knows no column {name}; it is ignored.",
    ),
    "criteria.extra_cells": (
        "Dòng có {cells} ô trong khi tiêu đề có {columns} cột; nội dung có dấu phẩy phải đặt trong ngoặc kép.",
        "The row has {cells} cells under a header of {columns} columns; text with a comma must stand in quotation marks.",
    ),
    # The cells
    "kernel.points_empty": ("Ô số để trống.", "The number is empty."),
    "kernel.points_not_a_number": ("“{text}” không phải là số.", "“{text}” is not a number."),
    "kernel.points_too_long": (
        "Số “{text}” quá dài: nhiều nhất {digits} chữ số trước và {decimals} chữ số sau dấu phẩy.",
        "The number “{text}” is too long: at most {digits} digits before and {decimals} after the decimal mark.",
    ),
    "criteria.unknown_kind": (
        "Không có loại “{text}”; các loại là: {known}.",
        "There is no kind “{text}”; the kinds are: {known}.",
    ),
    "criteria.unknown_method": (
        "Không có cách tính “{text}”; các cách tính là: {known}.",
        "There is no method “{text}”; the methods are: {known}.",
    ),
    "criteria.unknown_evidence": (
        "Không có cách ghi minh chứng “{text}”; chỉ ghi: {known}, hoặc để trống.",
        "There is no evidence setting “{text}”; write {known}, or nothing.",
    ),
    "criteria.grades_unreadable": (
        "“{text}” không phải là mức xếp loại; hãy ghi như A=1; B=0,8; C=60%, mỗi loại một lần, hệ số từ 0 đến 1.",
        "“{text}” is no grade; write A=1; B=0.8; C=60%, each grade once, fractions from 0 to 1.",
    ),
    "criteria.pool_unreadable": (
        "“{text}” không phải là điểm theo thứ hạng; hãy ghi như 60/45/30.",
        "“{text}” is not a list of points by rank; write 60/45/30.",
    ),
    "criteria.unit_unreadable": (
        "“{text}” không phải là mã đơn vị; mã chỉ có chữ thường không dấu, số và gạch nối.",
        "“{text}” is no short name of a unit: only lower-case letters, digits and hyphens.",
    ),
    # The tree
    "criteria.code_missing": ("Dòng này không có mã tiêu chí.", "This row has no code."),
    "criteria.duplicate_code": ("Mã {item} đã dùng ở dòng {first}.", "Code {item} is already used at row {first}."),
    "criteria.unknown_parent": (
        "Mã cha {parent} của {item} không có trong bảng.",
        "The parent {parent} of {item} is not in the table.",
    ),
    "criteria.cycle": (
        "Mã cha đi thành vòng, không tới gốc: {loop}.",
        "The parents go round in a circle and reach no root: {loop}.",
    ),
    "criteria.no_points": ("Bảng không có dòng điểm nào ở gốc.", "The table has no row of points at its root."),
    "criteria.several_roots": (
        "Bảng có nhiều gốc ({roots}); tổng điểm là tổng của các gốc.",
        "The table has several roots ({roots}); the total is their sum.",
    ),
    # The points
    "criteria.sum_differs": (
        "Mục {item} ghi {stated} điểm nhưng các mục con cộng lại là {sum} (lệch {difference}).",
        "Item {item} is headed {stated} points but its items sum to {sum} (a difference of {difference}).",
    ),
    "criteria.sum_unknown": (
        "Chưa đối chiếu được tổng của {item}: các mục con {silent} không ghi điểm.",
        "The sum of {item} cannot be compared: its items {silent} state no points.",
    ),
    "criteria.sum_weighted": (
        "Không đối chiếu được tổng của {item}: {weighted} tính theo trọng số nên không có điểm tối đa; các mục con còn lại "
        "cộng lại là {sum} trên {stated} điểm.",
        "The sum of {item} cannot be compared: {weighted} is weighted and has no maximum; its other items sum to {sum} of "
        "{stated} points.",
    ),
    "criteria.no_maximum": ("Mục {item} không ghi điểm tối đa.", "Item {item} states no maximum."),
    "criteria.positive_penalty": (
        "Điểm trừ của {item} phải là số âm, không phải {figure}.",
        "The penalty {item} must be written as a negative number, not {figure}.",
    ),
    "criteria.negative_bonus": (
        "Điểm thưởng của {item} không được là số âm ({figure}).",
        "The bonus {item} must not be negative ({figure}).",
    ),
    "criteria.negative_points": (
        "Điểm của {item} không được là số âm ({figure}).",
        "The points of {item} must not be negative ({figure}).",
    ),
    "criteria.gate_with_points": (
        "Điều kiện loại {item} không mang điểm ({figure}).",
        "The gate {item} carries no points ({figure}).",
    ),
    "criteria.gate_with_rows": ("Điều kiện loại {item} không có mục con.", "The gate {item} has no rows below it."),
    "criteria.gate_method": (
        "Điều kiện loại {item} chỉ có đạt hoặc không đạt, không dùng cách tính {method}.",
        "The gate {item} passes or fails and has no method {method}.",
    ),
    "criteria.bands_missing": (
        "Mục {item} chọn theo mức nhưng không có dòng [mức] nào bên dưới.",
        "Item {item} picks a band but has no [mức] row below it.",
    ),
    "criteria.bands_beside_parts": (
        "Mục {item} vừa có mức để chọn ({band}) vừa có mục con cộng điểm.",
        "Item {item} has both bands to pick from ({band}) and items that add up.",
    ),
    "criteria.band_without_points": ("Mức {item} không ghi điểm.", "Band {item} states no points."),
    "criteria.band_without_parent": ("Mức {item} không có mục cha.", "Band {item} has no parent."),
    "criteria.band_above_parent": (
        "Mức {item} ghi {figure} điểm, cao hơn {stated} điểm của mục {parent}.",
        "Band {item} states {figure} points, above the {stated} of item {parent}.",
    ),
    "criteria.method_needs_maximum": (
        "Cách tính {method} của {item} cần điểm tối đa.",
        "The method {method} of {item} needs max_points.",
    ),
    "criteria.method_needs_per_case": (
        "Cách tính {method} của {item} cần điểm cho mỗi trường hợp (per_case).",
        "The method {method} of {item} needs the points per case (per_case).",
    ),
    "criteria.method_needs_pool": (
        "Cách tính {method} của {item} cần điểm theo thứ hạng trong quy tắc, ví dụ 60/45/30/15/0.",
        "The method {method} of {item} needs the points by rank in its rule, such as 60/45/30/15/0.",
    ),
    "criteria.method_on_heading": (
        "Mục {item} có mục con cộng điểm nên cách tính {method} không dùng tới.",
        "Item {item} is the sum of its items, so its method {method} is not used.",
    ),
}


def sentence(problem: Problem, language: Language, sentences: Sentences = PROBLEMS) -> str:
    """The problem with its place: `Dòng 11, cột max_points: Mục IV ghi 210 điểm nhưng…`."""
    row, column = ("Dòng", "cột") if language == "vi" else ("Row", "column")
    places = [f"{row} {problem.row}"] if problem.row else []
    if problem.column:
        places.append(f"{column if places else column.capitalize()} {problem.column}")
    text = say(sentences, problem.code, problem.facts, language)
    return f"{', '.join(places)}: {text}" if places else text


def say(sentences: Sentences, code: str, facts: Mapping[str, object], language: Language) -> str:
    """The sentence of a code with its facts filled in."""
    template = sentences[code][0 if language == "vi" else 1]
    return template.format_map({name: _written(fact, language) for name, fact in facts.items()})


def _written(fact: object, language: Language) -> str:
    if isinstance(fact, Decimal):
        return format_vietnamese(fact, most=6) if language == "vi" else format_plain(fact, fewest=0)
    return str(fact)
