"""The tables: vocabulary, drafts, history, what is published, and people."""

from cases.models.batch import FileStage, ImportBatch, ImportFile
from cases.models.counts import SearchedWord
from cases.models.draft import Case, CaseStage, Initiative, Measure, Metric, Picture, SourcePicture, SourceText
from cases.models.fingerprint import FingerprintMark
from cases.models.history import Publication, Revision
from cases.models.people import User
from cases.models.published import (
    Alias,
    CaseWord,
    CitedPolicy,
    CountedCase,
    PublishedCase,
    PublishedMetric,
    SitePage,
    Tag,
    TaggedCase,
    WithdrawnCase,
)
from cases.models.vocabulary import Department, Region, Theme

__all__ = [
    "Alias",
    "Case",
    "CaseStage",
    "CaseWord",
    "CitedPolicy",
    "CountedCase",
    "Department",
    "FileStage",
    "FingerprintMark",
    "ImportBatch",
    "ImportFile",
    "Initiative",
    "Measure",
    "Metric",
    "Picture",
    "Publication",
    "PublishedCase",
    "PublishedMetric",
    "Region",
    "Revision",
    "SearchedWord",
    "SitePage",
    "SourcePicture",
    "SourceText",
    "Tag",
    "TaggedCase",
    "Theme",
    "User",
    "WithdrawnCase",
]
