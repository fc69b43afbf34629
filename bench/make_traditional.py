"""Write the table of traditional characters that folding uses, to stdout.

    python bench/make_traditional.py > cases/data/traditional_characters.txt

Each entry is a traditional character and its simplified one; only one to one, so that places in a
text stay. The mapping is OpenCC's (t2s), asked character by character.
"""

import opencc

BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
IN_A_LINE = 40


def pairs():
    simplify = opencc.OpenCC("t2s").convert
    for first, end in BLOCKS:
        for code in range(first, end):
            simplified = simplify(chr(code))
            if len(simplified) == 1 and simplified != chr(code):
                yield chr(code) + simplified


if __name__ == "__main__":
    found = list(pairs())
    for start in range(0, len(found), IN_A_LINE):
        print(" ".join(found[start : start + IN_A_LINE]))
