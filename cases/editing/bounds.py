"""How much one case holds: what its form can still show, send and save in one piece.

A post of the largest case stays under `DATA_UPLOAD_MAX_NUMBER_FIELDS`: about 13 fields an initiative,
5 a measure, 12 a metric.
"""

from __future__ import annotations

from cases.content import CaseContent

INITIATIVES = 60
MEASURES = 60  # of one initiative
ALL_MEASURES = 600  # of all initiatives together
METRICS = 400  # of the case and its initiatives together
PICTURES = 50
ROWS = 1_500  # of all kinds in one post, with some that are deleted by it
CHARACTERS = 200_000  # of an article; a long report has a tenth
PAGE_CHARACTERS = 600_000  # of a page that is searched for several cases
BATCH_FILES = 500  # of one 批量导入, those in archives counted
BATCH_MB = 200  # of the same together


def fits_one_case(content: CaseContent) -> bool:
    """False for a content whose form could not be saved."""
    measures = [len(initiative.measures) for initiative in content.initiatives]
    return (
        len(measures) <= INITIATIVES
        and max(measures, default=0) <= MEASURES
        and sum(measures) <= ALL_MEASURES
        and len(content.all_metrics()) <= METRICS
    )
