"""Editors' decisions (`corrections.csv`): applied after each reading, so that they outlive better rules."""

from etl.correcting.applying import Corrected, apply
from etl.correcting.decision import Action, CorrectionError, Decision, decisions_of
from etl.correcting.recording import record
from etl.correcting.reviewing import REVIEW_BELOW

__all__ = ["REVIEW_BELOW", "Action", "Corrected", "CorrectionError", "Decision", "apply", "decisions_of", "record"]
