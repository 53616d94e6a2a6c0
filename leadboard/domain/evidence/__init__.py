"""What a text may say, held against what it cites: names, numbers and dates that its evidence does not have are told.

Pure, in every language as far as writing goes: a name is a word with a capital, a date is one in any of the usual
orders, a number is the same however its thousands are set apart.
"""

from leadboard.domain.evidence.check import Checked, Dropped, Kept, Sentence, Snippet, check

__all__ = ["Checked", "Dropped", "Kept", "Sentence", "Snippet", "check"]
