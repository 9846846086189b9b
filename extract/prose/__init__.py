"""Reads what the sentences of a paper claim: P-values with what they compare, and numbers with outcome, arm, base and time."""

from __future__ import annotations

from counterproof.extract.facts import Facts
from counterproof.extract.prose.arms import Arms
from counterproof.extract.prose.record import Recorder
from counterproof.extract.prose.results import worth_reading
from counterproof.extract.prose.sentences import split


def read_prose(facts: Facts) -> None:
    """Add the claims of titles, abstracts, paragraphs, captions and notes of ``facts.document``.

    Methods and tables must have been read before: the declared summaries and the arms of the tables are used here.
    """
    recorder = Recorder(facts, Arms(facts))
    for sentence in split(facts.document):
        recorder.read(sentence, worth_reading(sentence))
