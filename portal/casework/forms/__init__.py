"""What an inspector is asked."""

from portal.casework.forms import steps, timing
from portal.casework.forms.steps import (
    AskForm,
    AssignForm,
    BeginForm,
    ConclusionForm,
    ConfirmForm,
    ExplanationForm,
    FilterForm,
    NoteForm,
    ReturnForm,
)
from portal.casework.forms.timing import ExtendForm, ResumeForm, SuspendForm

REFUSALS = {**steps.REFUSALS, **timing.REFUSALS}

__all__ = [
    "REFUSALS",
    "AskForm",
    "AssignForm",
    "BeginForm",
    "ConclusionForm",
    "ConfirmForm",
    "ExplanationForm",
    "ExtendForm",
    "FilterForm",
    "NoteForm",
    "ResumeForm",
    "ReturnForm",
    "SuspendForm",
]
