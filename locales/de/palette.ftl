# The command palette: everything that can be done, found by typing.

palette-title = Befehlspalette
palette-search = Aktionen und Sequenzen suchen
palette-actions = Aktionen
palette-nothing-found = Nichts mit diesem Namen.
palette-part = Die Befehlspalette

## What can be done on a card

palette-call = Erste Nummer anrufen
palette-end = Auflegen
palette-note = Notiz schreiben
palette-save = Speichern und weiter
palette-skip = Diese Aufgabe überspringen
palette-callback = Rückruf planen…

## What can be done everywhere

palette-undo = Letztes Speichern rückgängig machen
palette-go-today = Zu „Heute“ wechseln
palette-go-queue = Zu „Anrufliste“ wechseln
palette-go-calls = Zu „Anrufe“ wechseln
palette-refresh = Anrufaufgaben aktualisieren
palette-budget = Kontingent
palette-settings = Einstellungen öffnen
palette-keys = Tastenkürzel
palette-leave-sample-data = Beispieldaten verlassen

## Queues

palette-work-on = Abarbeiten: { $queue }
palette-work-on-counts = { $open } offen, { $callable } jetzt anrufbar
