# The first screen.

welcome-title = Handset
welcome-lead = Arbeiten Sie Ihre Anrufaufgaben aus Apollo nacheinander ab: Sehen Sie, wer als Nächstes kommt, rufen Sie an, notieren Sie das Ergebnis und machen Sie weiter. Handset protokolliert jeden Anruf genau einmal in Apollo, unter Ihrem Namen.

## What can be begun with

welcome-connect-title = Apollo Ihres Teams verwenden
welcome-connect-help = Sie brauchen einen Master-Schlüssel (API-Schlüssel) des Workspace. Ein Admin erstellt ihn in einer Minute; die Schritte stehen auf der nächsten Seite.
welcome-connect-button = Mit Apollo verbinden
welcome-sample-title = Erst einmal umsehen
welcome-sample-help = Ein erfundenes Team mit erfundenen Interessenten, nur auf diesem Computer. Sie brauchen kein Konto und rufen niemanden wirklich an.
welcome-sample-button = Mit Beispieldaten ausprobieren

## Foot

welcome-stored = Auf diesem Computer gespeichert: der Schlüssel im Schlüsselbund des Systems, Ihr Benutzer in Apollo, Ihre Einstellungen, IDs der Anrufe, die Sie protokolliert haben, und, verschlüsselt, Anrufe, die Apollo noch nicht angenommen hat. Kontakte, Firmen und Aufgaben bleiben in Apollo.
welcome-version = Version { $version }
