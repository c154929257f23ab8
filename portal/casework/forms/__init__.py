"""What an inspector is asked."""

from portal.casework.forms import entering, steps, timing
from portal.casework.forms.entering import CheckForm, FollowForm, entry_form
from portal.casework.forms.publishing import ApproveForm, CorrectPublicationForm, WithdrawPublicationForm
from portal.casework.forms.steps import (
    MOST_AT_ONCE,
    AskForm,
    AssignForm,
    BeginForm,
    BulkForm,
    ConclusionForm,
    ConfirmForm,
    CorrectForm,
    ExplanationForm,
    FilterForm,
    NoteForm,
    People,
    ReturnForm,
)
from portal.casework.forms.timing import ExtendForm, ResumeForm, SuspendForm
from portal.web.steps import Refusals

REFUSALS: Refusals = {**steps.REFUSALS, **timing.REFUSALS, **entering.REFUSALS}

__all__ = [
    "MOST_AT_ONCE",
    "REFUSALS",
    "ApproveForm",
    "AskForm",
    "AssignForm",
    "BeginForm",
    "BulkForm",
    "CheckForm",
    "ConclusionForm",
    "ConfirmForm",
    "CorrectForm",
    "CorrectPublicationForm",
    "ExplanationForm",
    "ExtendForm",
    "FilterForm",
    "FollowForm",
    "NoteForm",
    "People",
    "ResumeForm",
    "ReturnForm",
    "SuspendForm",
    "WithdrawPublicationForm",
    "entry_form",
]
