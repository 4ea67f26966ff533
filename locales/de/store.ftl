# Why the data on this computer could not be read or written.

store-not-saved = Das konnte nicht gespeichert werden: { $reason }.

## Clauses after a colon, without a full stop
store-disk-full = der Datenträger ist voll
store-not-writable = in den Datenordner kann nicht geschrieben werden: { $reason }
store-not-trusted = { $folder } ist nicht vertrauenswürdig: { $reason }. Nichts darin wurde geöffnet
store-in-use = ein anderes Handset benutzt den Datenordner
store-outbox-taken = die nicht gesendeten Anrufe werden schon gesendet
store-copy-in-use = ein anderes Handset benutzt eine Kopie des Datenordners
store-folder-gone = der Datenordner wurde entfernt oder ersetzt, während Handset lief
store-not-witnessed = der Vermerk über das Gesendete kann nicht außerhalb des Datenordners geschrieben werden: { $reason }
store-key-not-at-hand =
    { $records ->
        [one] { $records } der gespeicherten Einträge ist mit einem Schlüssel verschlüsselt, der nicht verfügbar ist
       *[other] { $records } der gespeicherten Einträge sind mit einem Schlüssel verschlüsselt, der nicht verfügbar ist
    }
store-newer = die Daten wurden von einem neueren Handset geschrieben (Schema { $found }, dieses kennt { $known })
store-damaged = die Daten auf dem Datenträger sind beschädigt: { $reason }
