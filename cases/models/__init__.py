"""The tables: vocabulary, drafts, history, what is published, and people."""

from cases.models.audit import AuditEntry, AuditOutcome, AuditWay
from cases.models.batch import FileStage, ImportBatch, ImportFile
from cases.models.corrections import Correction, CorrectionKind, CorrectionState
from cases.models.counts import CaseViews, DailyViews, ReadLog, SearchedWord
from cases.models.draft import Case, CaseStage, Initiative, Measure, Metric, Picture, SourcePicture, SourceText
from cases.models.fingerprint import FingerprintMark
from cases.models.history import Occasion, Publication, Revision
from cases.models.inspection import CaseFinding, CaseLink, FindingKind, IgnoredLink, Inspection
from cases.models.people import User
from cases.models.published import (
    Alias,
    CaseWord,
    CitedPolicy,
    CountedCase,
    PublishedCase,
    PublishedMetric,
    PublishedVersion,
    SitePage,
    Tag,
    TaggedCase,
    WithdrawnCase,
)
from cases.models.review import PreviewLink, Review, ReviewComment, ReviewStep, Schedule, Way
from cases.models.unsaved import DraftSave, UnsavedText
from cases.models.vocabulary import Department, Region, Theme
from cases.models.words import DeadLink, WordLevel, WordRule

__all__ = [
    "Alias",
    "AuditEntry",
    "AuditOutcome",
    "AuditWay",
    "Case",
    "CaseFinding",
    "CaseLink",
    "CaseStage",
    "CaseViews",
    "CaseWord",
    "CitedPolicy",
    "Correction",
    "CorrectionKind",
    "CorrectionState",
    "CountedCase",
    "DailyViews",
    "DeadLink",
    "Department",
    "DraftSave",
    "FileStage",
    "FindingKind",
    "FingerprintMark",
    "IgnoredLink",
    "ImportBatch",
    "ImportFile",
    "Initiative",
    "Inspection",
    "Measure",
    "Metric",
    "Occasion",
    "Picture",
    "PreviewLink",
    "Publication",
    "PublishedCase",
    "PublishedMetric",
    "PublishedVersion",
    "ReadLog",
    "Region",
    "Review",
    "ReviewComment",
    "ReviewStep",
    "Revision",
    "Schedule",
    "SearchedWord",
    "SitePage",
    "SourcePicture",
    "SourceText",
    "Tag",
    "TaggedCase",
    "Theme",
    "UnsavedText",
    "User",
    "Way",
    "WithdrawnCase",
    "WordLevel",
    "WordRule",
]
