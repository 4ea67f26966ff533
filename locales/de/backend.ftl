# What a window says when the core does not answer as it should.

backend-not-as-expected = Der Kern von Handset hat nicht wie erwartet geantwortet. Nichts, was Sie gespeichert haben, geht verloren.
backend-not-as-expected-hint = Versuchen Sie es noch einmal. Wenn es dabei bleibt, starten Sie Handset neu und senden Sie die Logdateien (in den Einstellungen unter „Info“).
