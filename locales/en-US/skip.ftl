# Why a task was skipped, as the result of the task.

skip-wrong-number = Wrong number
skip-no-number = No number
skip-do-not-call = Do not call
skip-not-relevant = Not relevant
skip-already-spoke = Already spoke
skip-other = Skipped
