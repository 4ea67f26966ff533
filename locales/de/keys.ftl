# The list of keyboard shortcuts, and what keys are called.

keys-title = Tastenkürzel
keys-close-button = Schließen
keys-while-writing = Während Sie in einem Feld schreiben, halten Sie { $key } gedrückt und drücken Sie denselben Buchstaben oder dieselbe Ziffer.

## What is printed on keys

keys-name-control = Strg
keys-name-shift = Umschalt
keys-name-escape = Esc
keys-name-escape-mac = esc

## What the keys of the queue do. The arrows are those on keys.

keys-group-queue = Anrufliste
keys-down = Nächste Person in der Liste (auch ↓)
keys-up = Vorige Person in der Liste (auch ↑)
keys-previous = Zurück zur vorherigen Person
keys-search = Suchen
keys-skip = Diese Aufgabe überspringen

## What the keys of a call do

keys-group-call = Anruf
keys-call = Erste Nummer anrufen
keys-end = Auflegen
keys-outcome = Ergebnis wählen
keys-note = Notiz schreiben
keys-callback = Rückruf planen
keys-save = Speichern und weiter
keys-undo = Letztes Speichern rückgängig machen, einige Sekunden lang

## What keys do everywhere

keys-group-everywhere = Überall
keys-receipts = Anrufe und ihre Nachweise
keys-palette = Befehlspalette
keys-settings = Einstellungen
keys-list = Diese Liste
keys-back = Zurück oder schließen
