# Undo: the last save is taken back, for the seconds after it.

## The line above the screen, while something can be taken back
undo-region = Rückgängig
undo-button = Rückgängig
undo-seconds-left = { $seconds } s

undo-saved =
    { $kind ->
        [skip] Übersprungen
       *[call] Gespeichert
    }
undo-saved-who =
    { $kind ->
        [skip] Übersprungen: { $who }
       *[call] Gespeichert: { $who }
    }
undo-saved-result =
    { $kind ->
        [skip] Übersprungen: { $result }
       *[call] Gespeichert: { $result }
    }
undo-saved-who-and-result =
    { $kind ->
        [skip] Übersprungen: { $who }, { $result }
       *[call] Gespeichert: { $who }, { $result }
    }

## Spoken after an undo. { $name } is the person's.
undo-undone = Rückgängig gemacht. Karte wieder geöffnet: { $name }
undo-undone-on-call = Rückgängig gemacht. Karte wieder geöffnet: { $name }; dieser Anruf läuft weiter

## A problem, and what to do about it
undo-too-late = Jetzt lässt sich nichts mehr rückgängig machen.
undo-too-late-hint = Einen gesendeten Anruf können Sie noch korrigieren: Öffnen Sie *Anrufe*, dann *Bearbeiten*.
