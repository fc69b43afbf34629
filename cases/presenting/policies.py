"""Which names mean one document.

Surely the same are names that differ in brackets around them, blanks, width, case and traditional characters.
Words are never dropped: 《…办法》 and 《…办法（试行）》, 2021年版 and 2023年版, with and without a number may be
different documents. Those are only told to be akin.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from cases.folding import fold

_AROUND = re.compile(r"^《(?P<name>[^《》]*(?:《[^《》]*》[^《》]*)*)》$")
_SIGNS = str.maketrans("“”‘’〈〉〔〕【】", "\"\"''<>[][]")
_VERSION = re.compile(
    r"[(\[]?(?:试行|暂行|修订|修正|征求意见稿|送审稿|草案|第[一二三四五六七八九十\d]+版"
    r"|(?:19|20)\d\d年?(?:版|本|修订|修正)?)(?:稿|版|本)?[)\]]?"
)
_NUMBER = re.compile(r"\(?[\w]{1,20}[\[(](?:19|20)\d\d[\])]第?\d+号\)?|\(?(?:国务院|主席)令第?\d+号\)?")


@dataclass(frozen=True, slots=True)
class PolicyName:
    """A document as a case names it."""

    name: str  # as written, without the 《》 around it
    key: str  # the same for what is surely the same document; never empty, fit for an address
    stem: str  # folded, without what tells versions apart; "" if nothing is left


def read_policy(text: str) -> PolicyName | None:
    """What a line of `policies` names; None if it holds no letter.

    >>> read_policy("《优化营商环境条例》").key
    '优化营商环境条例'
    """
    name = " ".join(text.split())
    if around := _AROUND.match(name):
        name = around["name"].strip()
    folded = re.sub(r"\s+", "", fold(name).translate(_SIGNS))
    kept = re.sub(r"[^\w]+|_", "-", folded).strip("-")
    if not kept:
        return None
    key = kept if kept == folded else f"{kept}-{hashlib.sha256(folded.encode()).hexdigest()[:8]}"
    stem = re.sub(r"[^\w]+|_", "", _VERSION.sub("", _NUMBER.sub("", folded)))
    return PolicyName(name, key, stem)
