# Why a task was skipped, as the result of the task.

skip-wrong-number = Falsche Nummer
skip-no-number = Keine Nummer
skip-do-not-call = Nicht anrufen
skip-not-relevant = Nicht relevant
skip-already-spoke = Schon gesprochen
skip-other = Übersprungen
