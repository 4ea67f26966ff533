# Texts of the settings window.

## Window

settings-title = Einstellungen
settings-loading = Einstellungen werden gelesen…
settings-part-page = Diese Seite
settings-saved = Gespeichert

## Pages: in the list at the left, and as the heading of the page

settings-page-connection = Verbindung
settings-page-dispositions = Ergebnisse
settings-page-hours = Anrufzeiten
settings-page-dialing = Anwählen
settings-page-data = Daten auf diesem Computer
settings-page-updates = Updates
settings-page-about = Info

## Connection

settings-address-label = Adresse von Apollo
settings-address-help = Schema und Host, zum Beispiel https://api.apollo.io. Jede Adresse hat ihren eigenen Schlüssel.
settings-key-name = API-Schlüssel
settings-key-none = Kein Schlüssel.
settings-key-keychain = Im Schlüsselbund dieses Computers, nur für diese Adresse.
settings-key-this-run = Nur im Arbeitsspeicher, bis Sie Handset beenden.
settings-key-sandbox = Der eigene Schlüssel der Beispieldaten, keiner von Apollo.
settings-acts-as-name = Handelt als
settings-acts-as-unknown = Noch nicht bekannt
settings-rep-name = Anrufe protokolliert als
settings-rep-none = Noch niemand ausgewählt
settings-network-name = Netzwerk
settings-network = Wie auf diesem Computer eingerichtet: mit seinem Proxy und den Zertifikaten, denen er vertraut. Skripte, die einen Proxy auswählen (PAC-Dateien), unterstützt Handset nicht.
settings-change-rep-button = Apollo-Benutzer wechseln
settings-forget-key-open-button = Schlüssel vergessen…

## Connection: the dialog that forgets the key

settings-forget-key-title = Schlüssel vergessen?
settings-forget-key-question = Handset entfernt den Schlüssel aus dem Schlüsselbund dieses Computers. Damit Sie weiterarbeiten können, muss danach jemand einen Master-Schlüssel einfügen.
settings-forget-key-unsent =
    { $count ->
        [one] Der Anruf bleibt hier sicher gespeichert und wartet auf einen Schlüssel.
       *[other] Die Anrufe bleiben hier sicher gespeichert und warten auf einen Schlüssel.
    }
settings-forget-key-button = Schlüssel vergessen
settings-forget-key-keep-button = Schlüssel behalten
settings-forget-key-close-button = Schließen

## Outcomes: which are used now

settings-outcomes-loading = Ergebnisse werden gelesen…
settings-outcomes-from-apollo = Jetzt verwendet: die Ergebnisse von Apollo. Die Reihenfolge hier ist auch die der Zifferntasten.
settings-outcomes-not-read = Jetzt verwendet: einfache Ergebnisse von Handset, weil die Ergebnisse von Apollo noch nicht gelesen sind.
settings-outcomes-none-in-apollo = Jetzt verwendet: einfache Ergebnisse von Handset, weil Apollo keine Ergebnisse genannt hat.
settings-outcomes-list-name = Jetzt verwendete Ergebnisse
settings-outcomes-undo-button = Rückgängig
settings-outcomes-undone = Rückgängig gemacht
settings-outcomes-removed-title = Aus der Liste entfernt
settings-outcomes-removed-help = Anrufe, die ein solches Ergebnis schon haben, behalten dessen Namen.

## Outcomes: one of them. $name is its name.

settings-outcome-moved = { $name } ist jetzt Nummer { $place } von { $count }
settings-outcome-up-button = { $name } nach oben verschieben
settings-outcome-down-button = { $name } nach unten verschieben
settings-outcome-rule-name = Regel für { $name }
settings-outcome-change-button = Ändern
settings-outcome-close-button = Schließen
settings-outcome-note-needed = Eine Notiz ist erforderlich.
settings-outcome-name-label = Name in Handset
settings-outcome-apollo-name = Name in Apollo: { $name }.
settings-outcome-remove-button = Aus der Liste entfernen
settings-outcome-put-back-name = { $name } wieder aufnehmen
settings-outcome-put-back-button = Wieder aufnehmen

## Outcomes: what one does besides logging the call

settings-rule-task-label = Aufgabe
settings-rule-task-complete = Abschließen
settings-rule-task-new = Abschließen und eine neue Anrufaufgabe anlegen
settings-rule-task-move = Auf einen anderen Tag verschieben (die Sequenz wartet)
settings-rule-days-label = Tage bis zum nächsten Anruf
settings-rule-days-help = 0 bis 365, zur selben Uhrzeit wie dieser Anruf.
settings-rule-days-not-number = Geben Sie eine ganze Zahl von Tagen ein.
settings-rule-finish-sequence = Sequenz für diesen Kontakt beenden
settings-rule-note-required = Notiz erforderlich
settings-rule-opt-out-label = Person und Nummer
settings-rule-opt-out-by-name = Je nach Name des Ergebnisses
settings-rule-opt-out-never = Nicht wieder anrufen
settings-rule-opt-out-callable = Weitere Anrufe erlaubt
settings-rule-stage-label = Phase des Kontakts
settings-rule-stage-leave = Unverändert lassen
settings-rule-stages-loading = Phasen werden gelesen…
settings-rule-stage-unlisted = Nicht in der Liste von Apollo ({ $id })
settings-rule-stages-failed = Handset konnte die Phasen der Kontakte nicht lesen.
settings-rule-stage-stays = Die Phase dieser Regel bleibt unverändert.
settings-rule-stages-again-button = Phasen erneut lesen

## Outcomes: the dialog that adds one

settings-add-outcome-open-button = Ergebnis hinzufügen…
settings-add-outcome-title = Ergebnis hinzufügen
settings-add-outcome-help = Ergebnisse, die Anrufe in Apollo schon haben, findet Handset selbst. Tragen Sie hier ein neues ein: Apollo zeigt dessen ID in der Adresszeile des Browsers, wenn Sie Anrufe danach filtern.
settings-add-outcome-name-label = Name
settings-add-outcome-id-label = Apollo-ID
settings-add-outcome-id-help = 24 Zeichen: Ziffern und Buchstaben von a bis f.
settings-add-outcome-cancel-button = Abbrechen
settings-add-outcome-anyway-button = Trotzdem behalten
settings-add-outcome-button = Ergebnis hinzufügen
settings-add-outcome-asking = Apollo wird gefragt…
settings-add-outcome-added = Hinzugefügt

## Calling hours

settings-hours-intro = Wann Sie jemanden anrufen dürfen. Es gilt die Ortszeit der Person. 24:00 ist das Ende des Tages.
settings-hours-opens-label = Beginn
settings-hours-closes-label = Ende
settings-hours-outside-label = Außerhalb dieser Zeiten
settings-hours-outside-block = Nicht anrufen
settings-hours-outside-ask = Jedes Mal fragen
settings-hours-help = Personen, die widersprochen haben, und Nummern mit dem Vermerk „nicht anrufen“ wählt Handset nie an, zu keiner Uhrzeit.

## Dialing

settings-dial-link-label = Link zur Telefon-App
settings-dial-link-help = { $example } öffnet die Telefon-App dieses Computers. Sie können auch den Link einer anderen App eintragen, mit { $e164 } (+12025550143) oder { $digits } (12025550143). Handset kopiert die Nummer außerdem in die Zwischenablage.
settings-dial-test-button = Anwählen testen
settings-dial-test-announced = Testnummer übergeben
settings-dial-test-done = Handset hat die Testnummer übergeben. Wenn sich keine Telefon-App geöffnet hat, wählen Sie in den Einstellungen dieses Computers eine App für Telefonlinks aus.
settings-forbidden-label = Nummern, die Handset nie anwählt
settings-forbidden-help = So beginnen die Nummern, durch Kommas getrennt: { $example }. Es gilt der längste Anfang, der zu einer Nummer passt.
settings-allowed-label = Nummern, die Handset ohne Rückfrage anwählt
settings-allowed-help = Bei Premium- und Servicenummern, persönlichen Nummern und Satellitennummern fragt Handset vor dem Anwählen, außer sie beginnen so: { $example }.
settings-undo-label = Zeit für „Rückgängig“ in Sekunden
settings-undo-help = So lange können Sie *Speichern und weiter* rückgängig machen, und Handset sendet noch nichts von dem Anruf. 0 bis 60; bei 0 sendet Handset sofort.
settings-undo-not-number = Geben Sie eine ganze Zahl von Sekunden ein.

## Data on this computer

settings-data-intro = Kontakte, Firmen, Aufgaben und Sequenzen liest Handset aus Apollo und hält sie nur im Arbeitsspeicher.
settings-data-stored-title = Was gespeichert ist
settings-data-folder-name = Ordner
settings-retention-label = Aufbewahrung der IDs protokollierter Anrufe in Tagen
settings-retention-help = Nur IDs: keine Namen, Nummern oder Notizen. Ältere löscht Handset.
settings-retention-not-number = Geben Sie eine ganze Zahl von Tagen ein.

## About

settings-version-name = Version
settings-log-folder-name = Ordner der Logdateien
settings-logs-help = Logdateien enthalten keine Schlüssel, Telefonnummern, Namen, E-Mails oder Notizen.
settings-open-logs-button = Logdateien öffnen
settings-license = Handset ist freie Software unter der MIT-Lizenz oder der Apache-Lizenz 2.0, nach Ihrer Wahl.
settings-license-name = Lizenz
settings-licenses-button = Lizenzen der Bibliotheken…
settings-licenses-title = Lizenzen der Bibliotheken
settings-licenses-loading = Die Lizenzen werden gelesen…
settings-licenses-none = Die Lizenzen sind Teil eines installierten Handset. Dieses stammt aus keinem Installationsprogramm.
settings-licenses-close-button = Schließen
