"""From an article to a draft: receive the bytes, take the text apart, write the rows.

The article is kept first, as it was received; everything after that is made from the kept text, so a
preview can be left and taken up again and nothing travels between pages.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext

from cases.content import gettext_noop
from cases.editing.bounds import fits_one_case
from cases.editing.drafts import write_draft
from cases.editing.words import database_words
from cases.models import Case, SourceText, User
from cases.parsing.article import parse
from cases.parsing.result import NOT_AN_ARTICLE, Parsed, Words
from cases.reading import ReadingError, cleaned, read_file

__all__ = [
    "Imported",
    "Parsed",
    "ReadingError",
    "cleaned",
    "draft_from_article",
    "import_article",
    "parse_article",
    "receive_article",
]

PASTED = gettext_noop("粘贴的文稿.txt")  # what the reader calls a text that came without a file


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an article: the draft, and whether it was made just now."""

    case: Case
    is_new: bool
    parsed: Parsed | None = None  # None when the draft was there already


def receive_article(name: str, data: bytes, *, by: User) -> SourceText:
    """Keep an article as it was received; the same bytes again give the row that is there.

    `name` is that of the file, or "" for a pasted text. Raises ReadingError, which names the file, for
    what is too large, empty or not readable.
    """
    digest = hashlib.sha256(data).hexdigest()
    known = SourceText.objects.filter(sha256=digest).first()
    if known:
        return known
    text = read_file(name or gettext(PASTED), data).text
    return SourceText.objects.get_or_create(
        sha256=digest, defaults={"name": name[-255:], "text": text, "received_by": by}
    )[0]


def parse_article(article: SourceText, *, words: Words | None = None) -> Parsed:
    """The article taken apart by the words of the database, or by `words` when many follow each other."""
    return parse(article.text, words=words or database_words())


def draft_from_article(article: SourceText, parsed: Parsed, *, by: User) -> Case:
    """A new draft with what was found in the article. One article may give several."""
    return write_draft(parsed.content, by=by, source_text=article)


@transaction.atomic
def import_article(name: str, data: bytes, *, by: User, words: Words | None = None) -> Imported:
    """The draft of an article; an article known by its bytes gives the draft that is there.

    Raises ReadingError as `receive_article` does, and for a text that is no article or too large for one
    case: nobody looks at a preview here. Nothing is half written.
    """
    article = receive_article(name, data, by=by)
    known = article.case_set.order_by("pk").first()
    if known:
        return Imported(known, is_new=False)
    parsed = parse_article(article, words=words)
    if any(issue.message == NOT_AN_ARTICLE for issue in parsed.issues):
        raise ReadingError(
            gettext_noop("“%(name)s”不像一篇文章，没有导入；确是文章请在后台粘贴，预览后保存"), name=name
        )
    if not fits_one_case(parsed.content):
        raise ReadingError(gettext_noop("“%(name)s”太长，一个案例放不下，没有导入；请拆成几篇"), name=name)
    return Imported(draft_from_article(article, parsed, by=by), is_new=True, parsed=parsed)
