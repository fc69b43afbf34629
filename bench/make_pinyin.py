"""Make `cases/data/pinyin.csv`: how the names of departments and themes are typed in Latin letters.

    python bench/make_pinyin.py > cases/data/pinyin.csv

One row for every name and alias of `departments.csv` and every name of `themes.csv`, with the columns
`name,pinyin,initials`: 发改委,fagaiwei,fgw. ü is v, as it is typed. Divisions carry their own, see
`make_regions.py`. Look through the polyphonic characters (行, 会, 调, 重) of what is added to the two files.
"""

import csv
import re
import sys
from pathlib import Path

from pypinyin import lazy_pinyin

READINGS = {"行政": ["xing", "zheng"]}  # wherever they stand: pypinyin takes 工商行 for a bank

DATA = Path(__file__).parent.parent / "cases" / "data"


def names():
    """Every name once, in the order of the files."""
    found = []
    for file in ("departments.csv", "themes.csv"):
        with (DATA / file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                found += [row["name_zh"], *filter(None, row.get("aliases", "").split("|"))]
    return list(dict.fromkeys(found))


def syllables(name):
    """One toneless syllable for each Han character of a name, other characters left out.

    >>> syllables("工商行政管理局")[2:4]
    ['xing', 'zheng']
    """
    han = "".join(re.findall(r"[\u4e00-\u9fff]", name))
    found = lazy_pinyin(han)
    for word, reading in READINGS.items():
        for place in re.finditer(word, han):
            found[place.start() : place.end()] = reading
    return found


def main():
    """Write the table to stdout, in UTF-8 with LF."""
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["name", "pinyin", "initials"])
    for name in names():
        parts = syllables(name)
        writer.writerow([name, "".join(parts), "".join(part[0] for part in parts)])


if __name__ == "__main__":
    main()
