# The pane at the right of the queue: the call's timer, its outcome, the note, and saving.

## The pane
wrap-up-pane = Nachbearbeitung
wrap-up-part = Die Nachbearbeitung
wrap-up-saving-status = Speichern
wrap-up-saving = Letzter Anruf wird gespeichert…

## The call
wrap-up-timer = Anrufdauer
wrap-up-call-not-dialed = Noch nicht angerufen
wrap-up-call-ongoing = Im Gespräch
wrap-up-call-ended = Anruf beendet
wrap-up-end-call-button = Auflegen
wrap-up-correct-times-button = Zeiten korrigieren
wrap-up-call-ended-after = Anruf beendet, Dauer: { $duration }

## The outcome
wrap-up-outcome = Ergebnis
wrap-up-call-back-button = Rückruf…
wrap-up-change-callback-button = Rückruf ändern…
wrap-up-outcomes-arrived = Handset hat gerade die Ergebnisse von Apollo gelesen. Ab jetzt gelten die Zifferntasten für diese Ergebnisse.
wrap-up-not-by-rule = Laut Regel: { $rule } Für diesen Anruf gilt, was Sie unten gewählt haben.
wrap-up-finish-sequence = Sequenz für diesen Kontakt beenden
wrap-up-callback-set =
    { $how ->
        [new_task] Rückruf: { $moment } · neue Aufgabe
       *[move_task] Rückruf: { $moment } · diese Aufgabe wird verschoben
    }
wrap-up-remove-callback-button = Entfernen
wrap-up-remove-callback-button-name = Rückruf entfernen

## The note, and saving
wrap-up-note = Notiz
wrap-up-note-needed = Für „{ $outcome }“ ist eine Notiz erforderlich.
wrap-up-save-button = Speichern und weiter
wrap-up-skip-button = Überspringen…
wrap-up-call-then-choose = Rufen Sie an, wählen Sie dann zum Speichern ein Ergebnis.
wrap-up-choose = Wählen Sie zum Speichern ein Ergebnis.
wrap-up-not-dialed-here = Nicht von hier angerufen. Beim Speichern protokolliert Handset einen Anruf mit der aktuellen Uhrzeit, als hätten Sie ein anderes Telefon benutzt.

## A task that nothing is left to do on
wrap-up-done-finished = Nachbearbeitet
wrap-up-done-skipped = Übersprungen
wrap-up-done-gone = Nicht mehr in Apollo
wrap-up-done-catching-up = Protokolliert; Apollo zieht noch nach
wrap-up-go-to-next-button = Zur nächsten Aufgabe
wrap-up-show-receipts-button = Nachweise anzeigen

## The dialogs
wrap-up-cancel-button = Abbrechen

## The dialog that skips a task
wrap-up-skip-title = Diese Aufgabe überspringen
wrap-up-skip-what = Handset markiert die Aufgabe für { $name } in Apollo als übersprungen. Es protokolliert keinen Anruf, und die Sequenz läuft weiter.
wrap-up-skip-reason = Grund
wrap-up-skip-reason-wrong-number = Falsche Nummer
wrap-up-skip-reason-no-number = Keine Nummer
wrap-up-skip-reason-do-not-call = Nicht anrufen
wrap-up-skip-reason-not-relevant = Nicht relevant
wrap-up-skip-reason-already-spoke = Schon gesprochen
wrap-up-skip-reason-other = Anderer Grund
wrap-up-skip-note = Grund in eigenen Worten
wrap-up-skip-note-help = Wenn Sie möchten.
wrap-up-skip-confirm-button = Aufgabe überspringen

## The dialog that sets a callback
wrap-up-callback-title = { $name } zurückrufen
wrap-up-callback-when = Wann
wrap-up-callback-in-an-hour = In 1 Stunde
wrap-up-callback-tomorrow = Morgen, gleiche Zeit
wrap-up-callback-in-two-days = In 2 Tagen
wrap-up-callback-next-monday = Nächsten Montag
wrap-up-callback-day = Tag
wrap-up-callback-time = Uhrzeit
wrap-up-callback-passed = Dieser Zeitpunkt ist vorbei. Wählen Sie einen späteren.
wrap-up-callback-own-time = In Ihrer Ortszeit.
wrap-up-callback-at-own-time = Ihre Ortszeit: { $moment }.
wrap-up-callback-at-both-times = Ihre Ortszeit: { $moment }; { $place }: { $there }.
wrap-up-callback-at-both-times-between = Ihre Ortszeit: { $moment }; { $place }: { $earliest } bis { $latest }.
wrap-up-callback-then = Aufgabe
wrap-up-callback-new-task = Diese Aufgabe abschließen und eine neue Anrufaufgabe anlegen
wrap-up-callback-move-task = Diese Aufgabe dorthin verschieben
wrap-up-callback-move-task-in-sequence = Diese Aufgabe dorthin verschieben (die Sequenz wartet)
wrap-up-callback-no-contact = Apollo nennt für diese Aufgabe keinen Kontakt und legt neue Anrufaufgaben nur für Kontakte an.
wrap-up-callback-set-button = Rückruf festlegen
wrap-up-moment = { $weekday }, { $day }, { $time }

## The dialog that corrects a call's times
wrap-up-times-title = Zeiten des Anrufs korrigieren
wrap-up-times-by-clock = Laut der Uhr dieses Computers: Beginn { $began }, Ende { $ended }. Noch ist nichts gespeichert. Korrigieren Sie das Ende oder lassen Sie es, wie es ist.
wrap-up-times-own-time = In Ihrer Ortszeit.
wrap-up-times-started = Beginn des Anrufs
wrap-up-times-ended = Ende des Anrufs
wrap-up-times-format = Stunden, Minuten und Sekunden, zum Beispiel 14:05:30.
wrap-up-times-save-button = Zeiten speichern
