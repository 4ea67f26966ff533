# The keychain of this computer, in which secrets are kept.

## Why it did not do what was asked: clauses after a colon, without a full stop

keychain-none = dieser Computer hat keinen Schlüsselbund, den Handset verwenden kann ({ $reason })
keychain-locked = der Schlüsselbund ist gesperrt
keychain-not-proven = beim Nachprüfen fand Handset etwas anderes vor, als der Schlüsselbund gemeldet hatte
keychain-refused = der Schlüsselbund hat die Anfrage abgelehnt ({ $reason })

## What is known of it: clauses in brackets
keychain-no-default-collection = er hat keine Standardsammlung
keychain-no-provider = kein Programm auf diesem Computer stellt einen bereit
keychain-broke-off = der Zugriff darauf ist abgebrochen
keychain-entry-form = der Eintrag hat nicht die Form, in der er gespeichert wurde
keychain-same-name =
    { $entries ->
        [one] { $entries } Eintrag hat denselben Namen
       *[other] { $entries } Einträge haben denselben Namen
    }
keychain-key-form = der gespeicherte Schlüssel ist kein Text
keychain-sealing-key-length = der gespeicherte Schlüssel für nicht gesendete Anrufe hat nicht die richtige Länge
keychain-no-random-source = keine Zufallsquelle: { $system }

## A notice of the main window

keychain-file-instead = Handset verschlüsselt nicht gesendete Anrufe mit einem Schlüssel aus einer Datei Ihres Benutzerkontos, weil dieser Computer keinen Schlüsselbund hat, den Handset verwenden kann ({ $reason }).
