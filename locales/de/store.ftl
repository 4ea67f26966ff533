# Why the data on this computer could not be read or written.

store-not-saved = Das konnte nicht gespeichert werden: { $reason }.

## Clauses after a colon, without a full stop
store-disk-full = der Datenträger ist voll
store-not-writable = in den Datenordner kann nicht geschrieben werden: { $reason }
store-not-trusted =
    { $folder ->
        [marks] der Ordner mit dem Vermerk über das Gesendete ist nicht vertrauenswürdig: { $reason }. Nichts darin wurde geöffnet
       *[data] der Datenordner ist nicht vertrauenswürdig: { $reason }. Nichts darin wurde geöffnet
    }
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

## Why a folder cannot be trusted: clauses after a colon, without a full stop
store-distrust-link = er ist ein Link zu einem anderen Ort
store-distrust-others-own = er gehört einem anderen Benutzer dieses Computers
store-distrust-others-write = andere Benutzer dieses Computers können hineinschreiben und haben es vielleicht getan
store-distrust-others-read = er enthält auch anderes, und andere Benutzer dieses Computers können ihn lesen
store-distrust-inside =
    { $what ->
        [link] darin ist { $name } ein Link zu einem anderen Ort
        [others_own] darin gehört { $name } einem anderen Benutzer dieses Computers
        [not_as_made] darin ist { $name } nicht so, wie Handset es anlegt: eine Datei, in die nur dieses Benutzerkonto schreiben kann
       *[neither] darin ist { $name } weder Datei noch Ordner
    }
store-distrust-something = etwas

## How the data is damaged: clauses after a colon, without a full stop
store-damage-part-missing = ein Teil davon fehlt
store-damage-unknown-form = sie haben eine Form, die nicht gelesen werden kann
store-damage-contradiction = sie widersprechen sich
store-damage-ends-early = sie enden zu früh
store-damage-checksum = eine Prüfsumme stimmt nicht
store-damage-only-copy-left = nur die Kopie davon ist noch da
store-damage-ends-at-revision = sie enden bei Revision { $found }, geschrieben wurde { $written }
store-damage-not-read-to-end = sie konnten nicht bis zum Ende gelesen werden
store-damage-copy-not-whole = eine Kopie davon ist nicht vollständig
store-damage-broke-off = ein Zugriff darauf ist abgebrochen
store-damage-record-not-whole = ein Eintrag ist nicht vollständig
store-damage-record-out-of-place = ein Eintrag ist nicht an seiner Stelle
store-damage-record-form = ein Eintrag hat nicht die erwartete Form
store-damage-record-unreadable = ein Eintrag kann nicht gelesen werden
store-damage-record-too-large = ein Eintrag ist zu groß
store-damage-key-file-length = die Datei mit dem Schlüssel hat nicht die richtige Länge
store-damage-no-random-source = der Computer hat keine Zufallsquelle
