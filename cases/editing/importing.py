"""From an article to a draft: receive the bytes, take the text apart, write the rows.

The article is kept first, as it was received; everything after that is made from the kept text, so a
preview can be left and taken up again and nothing travels between pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from cases.content import LIMITS, PictureContent, gettext_noop
from cases.editing import bounds
from cases.editing.audit.recording import record
from cases.editing.bounds import fits_one_case
from cases.editing.drafts import write_draft
from cases.editing.pictures import PictureError, store_picture
from cases.editing.words import database_words
from cases.models import Case, SourcePicture, SourceText, User
from cases.parsing.article import parse
from cases.parsing.corrected import without
from cases.parsing.parts import find_parts
from cases.parsing.result import DOUBTFUL, LISTS, NOT_AN_ARTICLE, Corrections, Parsed, Part, Words
from cases.reading import (
    ARTICLE_ENDINGS,
    Note,
    Reading,
    ReadingError,
    cleaned,
    largest,
    read_file,
    read_pasted,
    seen_name,
)

__all__ = [
    "ARTICLE_ENDINGS",
    "DOUBTFUL",
    "LISTS",
    "Corrections",
    "Imported",
    "Parsed",
    "Part",
    "ReadingError",
    "article_parts",
    "article_pictures",
    "cleaned",
    "corrections_of",
    "draft_from_article",
    "drafts_from_article",
    "import_article",
    "keep_corrections",
    "largest",
    "parse_article",
    "receive_article",
]

PASTED = gettext_noop("粘贴的文稿.txt")  # what the reader calls a text that came without a file


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an article: the draft of each case in it, and whether they were made just now."""

    cases: tuple[Case, ...]
    is_new: bool


def receive_article(name: str, data: bytes, *, by: User, beside: Mapping[str, bytes] | None = None) -> SourceText:
    """Keep an article as it was received, with its pictures; the same bytes again give the row that is there.

    `name` is that of the file, or "" for a pasted text; `beside` are the pictures of a saved page. Raises
    ReadingError, which names the file, for what is too large, empty or not readable.
    """
    article, pictures = _known_or_read(name, data, by=by, beside=beside or {})
    return article if article.pk else _keep(article, pictures)


def _known_or_read(
    name: str, data: bytes, *, by: User, beside: Mapping[str, bytes]
) -> tuple[SourceText, list[SourcePicture]]:
    """The row of an article that is known by its bytes, or one not kept yet with its pictures."""
    digest = _digest(data, beside)
    known = SourceText.objects.filter(sha256=digest).first()
    if known:
        return known, []
    reading = read_file(name, data, beside=beside) if name else read_pasted(gettext(PASTED), data)
    pictures, notes = _stored_pictures(reading)
    article = SourceText(
        name=seen_name(name)[-255:],
        sha256=digest,
        text=reading.text,
        levels=reading.levels,
        address=reading.address[: LIMITS["source_url"]],
        notes=[[note.message, note.params] for note in (*reading.notes, *notes)],
        received_by=by,
    )
    return article, pictures


def _keep(article: SourceText, pictures: Sequence[SourcePicture]) -> SourceText:
    """The row of an article that was read: this one, or that of somebody who sent the same meanwhile."""
    try:
        with transaction.atomic():
            article.save(force_insert=True)
            for picture in pictures:
                picture.article = article
            SourcePicture.objects.bulk_create(pictures)
            record("received", by=article.received_by, about=article)
    except IntegrityError:
        return SourceText.objects.get(sha256=article.sha256)
    return article


def _digest(data: bytes, beside: Mapping[str, bytes]) -> str:
    """By what an article is known again: a page that comes with pictures is another than the bare page."""
    digest = hashlib.sha256(data)
    for path, picture in sorted(beside.items()):
        digest.update(path.encode() + picture)
    return digest.hexdigest()


def _stored_pictures(reading: Reading) -> tuple[list[SourcePicture], list[Note]]:
    """The pictures that can be kept, their files stored, and a note for each that cannot."""
    stored, notes = [], []
    for picture in reading.pictures:
        try:
            file = store_picture(picture.name, picture.data)
        except PictureError as error:
            notes.append(Note(error.message, error.params))
        else:
            name, alt = picture.name[-LIMITS["name"] :], picture.alt[: LIMITS["alt"]]
            stored.append(SourcePicture(file=file, name=name, alt=alt, place=picture.place))
    return stored, notes


def article_parts(article: SourceText) -> tuple[Part, ...]:
    """The cases on the page an article is, in text order; () when it is one case, or too long to be looked through."""
    return find_parts(article.text) if len(article.text) <= bounds.PAGE_CHARACTERS else ()


def corrections_of(article: SourceText) -> Corrections:
    """What editors decided about an article so far."""
    return Corrections.from_json(article.corrections)


def keep_corrections(article: SourceText, corrections: Corrections) -> bool:
    """Keep what an editor decided; False, and nothing kept, when somebody else did since `article` was read."""
    version = article.corrections_version
    kept = SourceText.objects.filter(pk=article.pk, corrections_version=version).update(
        corrections=corrections.to_json(), corrections_version=version + 1
    )
    if kept:
        article.corrections, article.corrections_version = corrections.to_json(), version + 1
    return bool(kept)


def parse_article(article: SourceText, *, words: Words | None = None, part: Part | None = None) -> Parsed:
    """The article, or one of the cases in it, taken apart with the corrections made so far.

    By the words of the database, or by `words` when many follow each other.
    """
    corrections = corrections_of(article)
    levels = [(start, level) for start, level in article.levels]
    parsed = parse(article.text, words=words or database_words(), levels=levels, corrections=corrections, part=part)
    return without(parsed, corrections.left_out)


def draft_from_article(article: SourceText, parsed: Parsed, *, by: User, part: Part | None = None) -> Case:
    """A new draft with what was found in the article, or in one of the cases in it, and its pictures."""
    pictures = article_pictures(article, part)
    kept = tuple(PictureContent(file=one.file, name=one.name, alt=one.alt) for one in pictures)
    content = replace(parsed.content, pictures=kept)
    if not content.source_url:
        content = replace(content, source_url=article.address)
    return write_draft(content, by=by, source_text=article, part_start=part.start if part else None)


@transaction.atomic
def drafts_from_article(
    article: SourceText, found: Sequence[tuple[Parsed, Part | None]], *, known: int, by: User
) -> list[Case]:
    """A new draft of each of these cases; [] and none made when the article has not `known` drafts any more."""
    # Locked where the database can, else alone in writing: a button pressed twice comes as two requests at once.
    locked = SourceText.objects.select_for_update().get(pk=article.pk)
    if locked.case_set.count() != known:
        return []
    return [draft_from_article(article, parsed, by=by, part=part) for parsed, part in found]


def article_pictures(article: SourceText, part: Part | None) -> QuerySet[SourcePicture]:
    """Those that become the pictures of a draft; one between two cases belongs to the case it follows."""
    pictures = article.pictures.all()
    if part:
        following = [other.start for other in article_parts(article) if other.start > part.start]
        end = following[0] if following else len(article.text)
        pictures = pictures.filter(place__gt=part.start or -1, place__lte=end)
    return pictures[: bounds.PICTURES]


def import_article(
    name: str, data: bytes, *, by: User, words: Words | None = None, beside: Mapping[str, bytes] | None = None
) -> Imported:
    """A draft of each case in an article; an article known by its bytes gives the drafts that are there.

    Raises ReadingError as `receive_article` does, and for a text that is no article or too large for one
    case: nobody looks at a preview here. Nothing is half written.
    """
    # Read and taken apart before the transaction: on SQLite nobody else can write while one is open.
    article, pictures = _known_or_read(name, data, by=by, beside=beside or {})
    if article.pk and article.case_set.exists():
        return Imported(tuple(article.case_set.order_by("pk")), is_new=False)
    parts = article_parts(article) or (None,)
    found = [(parse_article(article, words=words, part=part), part) for part in parts]
    for parsed, _part in found:
        _check_importable(name, parsed)
    with transaction.atomic():
        article = article if article.pk else _keep(article, pictures)
        made = drafts_from_article(article, found, known=0, by=by)
        # None when somebody imported the same meanwhile.
        return Imported(tuple(made or article.case_set.order_by("pk")), is_new=bool(made))


def _check_importable(name: str, parsed: Parsed) -> None:
    if any(issue.message == NOT_AN_ARTICLE for issue in parsed.issues):
        raise ReadingError(
            gettext_noop("“%(name)s”不像一篇文章，没有导入；确是文章请在后台粘贴，预览后保存"), name=name
        )
    if not fits_one_case(parsed.content):
        raise ReadingError(gettext_noop("“%(name)s”太长，一个案例放不下，没有导入；请拆成几篇"), name=name)
