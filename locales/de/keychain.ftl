# The keychain of this computer, in which secrets are kept.

## Why it did not do what was asked: clauses after a colon, without a full stop

keychain-none = dieser Computer hat keinen Schlüsselbund, den Handset verwenden kann ({ $reason })
keychain-locked = der Schlüsselbund ist gesperrt
keychain-not-proven = beim Nachprüfen fand Handset etwas anderes vor, als der Schlüsselbund gemeldet hatte
keychain-refused = der Schlüsselbund hat die Anfrage abgelehnt ({ $reason })

## A notice of the main window

keychain-file-instead = Handset verschlüsselt nicht gesendete Anrufe mit einem Schlüssel aus einer Datei Ihres Benutzerkontos, weil dieser Computer keinen Schlüsselbund hat, den Handset verwenden kann ({ $reason }).
