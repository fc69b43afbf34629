"""The steps of a case under the names that went before the reviews; what they do stands in `editing.review`."""

from cases.editing.permissions import NotAllowed
from cases.editing.requirements import Incomplete
from cases.editing.review.steps import publish_approved as publish_case
from cases.editing.review.steps import withdraw_case

__all__ = ["Incomplete", "NotAllowed", "publish_case", "withdraw_case"]
