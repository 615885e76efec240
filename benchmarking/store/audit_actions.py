"""Actions of the audit by which something is found or decided later: spelt here and nowhere else.

Any other action is spelt where it is written. It concerns everybody (``changes``).
"""

SAVE_ANSWER = "save answer"
SAVE_COMMENT = "save comment"
SAVE_READING = "save reading of a file"

SIGNED_IN = "signed in"
STILL_HERE = "still here"
SIGNED_OUT = "signed out"
TIMED_OUT = "timed out"

DENIED_ACCESS = "denied access"
CLAIM_WORK = "claim work"
END_CLAIM = "end claim"
