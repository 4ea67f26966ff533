# Today: which sequence to work on now.

report-title = Heute
report-filter = Sequenzen filtern
report-cancel-loading-button = Laden abbrechen
report-refresh-button = Aktualisieren
report-loading = Ihre Anrufaufgaben werden gelesen…

## The line that says how far the loading is

report-progress-name = Anrufaufgaben werden geladen
report-progress = { $received } von { $total }
report-as-of = Stand: { $time }.

## Where there is no call task to show

report-failed-title = Ihre Anrufaufgaben konnten nicht gelesen werden
report-not-read-title = Ihre Anrufaufgaben sind noch nicht gelesen
report-calls-safe = Ihre gespeicherten Anrufe sind sicher. Handset sendet sie, sobald Apollo antwortet.
report-try-again-button = Erneut versuchen
report-none-due-title = Keine Anrufaufgaben fällig
report-none-due = In Apollo ist für { $rep } keine Anrufaufgabe heute oder früher fällig. Neue erscheinen hier, sobald Sie „Aktualisieren“ wählen.
report-none-due-for-you = In Apollo ist für Sie keine Anrufaufgabe heute oder früher fällig. Neue erscheinen hier, sobald Sie „Aktualisieren“ wählen.

## The table

report-table-name = Sequenzen
report-column-sequence = Sequenz
report-column-open = Offen
report-column-due-today = Heute fällig
report-column-overdue = Überfällig
report-column-callable-now = Jetzt anrufbar
report-column-closing-soon = Bald zu Ende
report-column-steps = Schritte
report-column-owner = Inhaber
report-column-state = Status
report-start-key = ↵ starten
report-state-active = Aktiv
report-state-paused = Pausiert
report-state-archived = Archiviert
report-no-match = Keine Sequenz mit diesem Namen oder Inhaber.

## The sums of all rows, at the foot. What stands between asterisks is drawn bold.

report-total-sequences = Sequenzen: { $count }
report-total-open = *{ $count }* offen
report-total-due-today = *{ $count }* heute fällig
report-total-overdue = *{ $count }* überfällig
report-total-callable-now = *{ $count }* jetzt anrufbar
report-total-closing-soon = *{ $count }* bald zu Ende
