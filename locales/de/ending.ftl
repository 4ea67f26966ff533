# How a call task ended, in the list and on the card.

ending-moved = { $outcome }, verschoben auf { $when }
ending-unsent = Gespeichert, noch nicht in Apollo
ending-set-aside = Gespeichert, aber ohne den Schlüssel nicht lesbar
ending-catching-up = Protokolliert; Apollo zieht noch nach
ending-gone = Nicht mehr in Apollos Liste
