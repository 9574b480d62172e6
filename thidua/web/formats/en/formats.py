"""The same dates; numbers as 1,234.5."""

DATE_FORMAT = "d-m-Y"
SHORT_DATE_FORMAT = "d-m"
DATETIME_FORMAT = "H:i d-m-Y"
SHORT_DATETIME_FORMAT = "H:i d-m"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "m-Y"
MONTH_DAY_FORMAT = "d-m"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
DATETIME_INPUT_FORMATS = [
    "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M", "%H:%M %d-%m-%Y", "%H:%M %d/%m/%Y",
]  # fmt: skip
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
FIRST_DAY_OF_WEEK = 1
