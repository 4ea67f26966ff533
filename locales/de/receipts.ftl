# The screen *Calls*: each saved call or skip has a receipt, which proves what became of it in Apollo.

## The head of the screen
receipts-title = Anrufe
receipts-sums =
    { $blocked ->
        [0] { $sent } gesendet · { $unsent } nicht gesendet
       *[other] { $sent } gesendet · { $unsent } nicht gesendet · { $blocked } zu entscheiden
    }
receipts-search = Anrufe suchen
receipts-export-button = Tag exportieren…
receipts-back-button = Zurück
receipts-reading = Anrufe von heute werden gelesen…

## The list
receipts-list = Anrufe
receipts-row = { $time } { $who }, { $result }, { $state }
receipts-row-without-result = { $time } { $who }, { $state }
receipts-row-skipped = Übersprungen
receipts-name-not-kept = Name nicht gespeichert
receipts-none-yet-title = Heute noch keine Anrufe
receipts-none-yet = Jeder Anruf, den Sie speichern, erscheint hier mit seinem Nachweis aus Apollo: protokolliert, abgeschlossen, wann und unter welchem Namen.
receipts-none-found = Kein Anruf mit diesem Namen, Ergebnis oder dieser ID.

## The state of a call or of one of its steps, beside a shape
receipts-state-held = Rückgängig möglich
receipts-state-saved = Hier gespeichert
receipts-state-sending = Wird gesendet
receipts-state-waiting = Wartet
receipts-state-checking = Wird geprüft
receipts-state-sent = Gesendet
receipts-state-blocked = Zu entscheiden
receipts-state-discarded = Verworfen

## What a receipt proves, each a word beside a shape
receipts-proof-logged = protokolliert
receipts-proof-not-logged = nicht protokolliert
receipts-proof-completed = abgeschlossen
receipts-proof-not-completed = nicht abgeschlossen
receipts-proof-moved = verschoben
receipts-proof-not-moved = nicht verschoben
receipts-proof-skipped = übersprungen
receipts-proof-not-skipped = nicht übersprungen
receipts-proof-to-verify = noch zu prüfen
receipts-proof-verified = nachgeprüft
receipts-proof-differs = weicht ab
receipts-proof-doubled = doppelt vorhanden
receipts-proof-missing = fehlt

## One receipt
receipts-part = Der Nachweis
receipts-receipt = Nachweis
receipts-proof = Beleg
receipts-steps = Schritte
receipts-step-id = Apollo-ID
receipts-copy-id-button = ID kopieren
receipts-copy-id-button-name = ID kopieren: { $step }
receipts-id-copied = ID kopiert: { $step }
receipts-id-not-copied = Die ID konnte nicht kopiert werden
receipts-outcome = Ergebnis
receipts-outcome-none = –
receipts-saved-at = Hier gespeichert
receipts-logged-as = Protokolliert als
receipts-wrap-up-id = Vorgangs-ID

## What can be done about a call
receipts-edit-button = Bearbeiten…
receipts-copy-note-button = Notiz kopieren
receipts-discard-button = Verwerfen…
receipts-undo-button = Rückgängig
receipts-confirm-button = Dieser Eintrag ist es
receipts-retry-button = Erneut versuchen
receipts-read-back-button = Erneut nachprüfen
receipts-note-copied = Notiz kopiert
receipts-note-not-copied = Die Notiz konnte nicht kopiert werden
receipts-copied = Kopiert

## The dialog that edits a call
receipts-edit-title = Anruf bearbeiten
receipts-edit-reading = Anruf wird gelesen…
receipts-edit-logged = Handset ändert den Eintrag in Apollo. Was nach dem Anruf geschah, bleibt, wie es ist.
receipts-edit-not-logged = Der Anruf geht so an Apollo, wie Sie ihn hier ändern.
receipts-edit-outcome = Ergebnis
receipts-edit-note = Notiz
receipts-edit-save-button = Änderungen speichern
receipts-edit-saved = Änderungen gespeichert
receipts-cancel-button = Abbrechen

## The dialog that gives up what is left of a call or a skip. { $kind } is "call" or "skip".
receipts-discard-title =
    { $kind ->
        [skip] Überspringen verwerfen?
       *[call] Anruf verwerfen?
    }
receipts-discard-lost = *Wird verworfen:* { $steps }.
receipts-discard-lost-with-note = *Wird verworfen:* { $steps }. Die Notiz geht dabei verloren: Kopieren Sie sie bei Bedarf vorher.
receipts-discard-stays = *Bleibt in Apollo:* { $steps }.
receipts-discard-nothing-stays = Soweit bekannt, ist nichts davon in Apollo. Die Aufgabe ist danach in der Anrufliste wieder offen.
receipts-discard-reason = Grund
receipts-discard-reason-logged-by-hand = Von Hand in Apollo eingetragen
receipts-discard-reason-wrong-person = Falsche Person
receipts-discard-reason-duplicate = Doppelt vorhanden
receipts-discard-reason-not-needed = Nicht mehr nötig
receipts-discard-reason-help = Handset speichert den Grund beim Nachweis.
receipts-discard-confirm-button =
    { $kind ->
        [skip] Überspringen verwerfen
       *[call] Anruf verwerfen
    }
receipts-discard-keep-button =
    { $kind ->
        [skip] Überspringen behalten
       *[call] Anruf behalten
    }
receipts-discarded =
    { $kind ->
        [skip] Überspringen verworfen
       *[call] Anruf verworfen
    }

## The dialog that writes the day to a file
receipts-export-title = Tag exportieren
receipts-export-what = Eine CSV-Datei mit den Anrufen von heute: IDs, Zeiten, Ergebnisse und unter welchem Namen sie protokolliert sind. Sie enthält keine Nummern und keine Namen der Angerufenen.
receipts-export-with-notes = Mit Notizen
receipts-export-with-notes-help = In Notizen steht, was andere Ihnen gesagt haben. Eine Datei lässt sich an jeden weitergeben. Lassen Sie Notizen deshalb weg, wenn niemand sie braucht.
receipts-export-write-button = Datei schreiben
receipts-export-written =
    { $calls ->
        [one] 1 Anruf ist in dieser Datei:
       *[other] { $calls } Anrufe sind in dieser Datei:
    }
receipts-export-copy-path-button = Pfad kopieren
receipts-export-path-copied = Pfad kopiert
receipts-export-path-not-copied = Der Pfad konnte nicht kopiert werden
receipts-export-close-button = Schließen
