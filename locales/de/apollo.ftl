# What an error of Apollo's says to a person, and what to do about it.

## What to do while a key is checked, where several errors share it
apollo-next-check-again = Prüfen Sie erneut; wenn es so bleibt, fragen Sie Ihren Apollo-Admin.
apollo-next-check-network = Prüfen Sie das Netzwerk, dann prüfen Sie erneut.
apollo-next-wait = Warten Sie einige Minuten und prüfen Sie erneut. Den Zustand von Apollo zeigt status.apollo.io.

## One case each: what happened, and what to do next
apollo-key-missing = Bei Apollo ist kein Schlüssel angekommen.
apollo-key-missing-next = Fügen Sie den Schlüssel noch einmal ein.
apollo-key-rejected = Apollo kennt diesen Schlüssel nicht. Er ist falsch eingegeben oder wurde widerrufen.
apollo-key-rejected-next = Kopieren Sie den Schlüssel noch einmal in Apollo oder erstellen Sie einen neuen.
apollo-scoped-out = Der Schlüssel darf das nicht: Er ist kein Master-Schlüssel.
apollo-scoped-out-next = Erstellen Sie in Apollo einen neuen Schlüssel: mit *Set as master key* und ohne einzelne APIs.
apollo-plan-gated = Der Apollo-Tarif des Teams enthält das nicht oder nicht mehr.
apollo-plan-gated-next = Fragen Sie Ihren Apollo-Admin nach einem bezahlten Tarif mit API-Zugriff.
apollo-not-allowed = Apollo erlaubt das dem Benutzer des Schlüssels nicht.
apollo-functions-off = Die Aufgabenfunktionen sind in Apollo für den Benutzer des Schlüssels ausgeschaltet.
apollo-functions-off-next = Lassen Sie sie von Ihrem Apollo-Admin einschalten, dann prüfen Sie erneut.
apollo-gone = Diesen Datensatz gibt es in Apollo nicht mehr.
apollo-already-done = Diese Aufgabe ist in Apollo schon abgeschlossen oder übersprungen.
apollo-invalid = Apollo nimmt das nicht an.
apollo-limited = Das Limit von Apollo ist erreicht.
apollo-limited-next = Prüfen Sie dann erneut.
apollo-budget-spent = Das Team hat aufgebraucht, was Apollo vorerst erlaubt.
apollo-budget-spent-next = Prüfen Sie dann erneut.
apollo-busy = Apollo ist ausgelastet und verlangt eine kurze Pause.
apollo-busy-next = Warten Sie einen Moment, dann prüfen Sie erneut.
apollo-not-from-apollo = Etwas zwischen diesem Computer und Apollo, etwa eine Firewall, hat anstelle von Apollo geantwortet.
apollo-not-from-apollo-next = Über den Schlüssel sagt das nichts. Versuchen Sie es in einem anderen Netzwerk oder lassen Sie die IT den Weg zum Apollo-Server freigeben, dann prüfen Sie erneut.
apollo-unrecognized = Apollo hat das aus einem Grund abgelehnt, den Handset nicht kennt.
apollo-stumbled = Bei dieser Anfrage ist in Apollo ein Fehler aufgetreten.
apollo-upstream-down = Apollo antwortet nicht richtig.
apollo-upstream-page = Apollo hat mit einer Fehlerseite statt mit Daten geantwortet.
apollo-captive-portal = Dieses Netzwerk hat anstelle von Apollo mit einer Webseite geantwortet. Vielleicht verlangt es eine Anmeldung.
apollo-captive-portal-next = Öffnen Sie einen Browser, melden Sie sich im Netzwerk an, dann prüfen Sie erneut.
apollo-proxy-refused = Der Proxy des Netzwerks hat die Verbindung zu Apollo abgelehnt.
apollo-proxy-refused-next = Lassen Sie die IT den Weg zum Apollo-Server durch den Proxy freigeben.
apollo-name-not-found = Der Apollo-Server wurde nicht gefunden. Vielleicht ist dieser Computer offline.
apollo-connection-refused = Unter der Adresse von Apollo hat nichts geantwortet.
apollo-connection-refused-next = Prüfen Sie das Netzwerk und die Adresse in den Einstellungen unter „Verbindung“.
apollo-connection-reset = Die Verbindung zu Apollo ist abgebrochen.
apollo-timed-out = Apollo hat nicht rechtzeitig geantwortet.
apollo-tls-clock = Die sichere Verbindung ist gescheitert: Nach der Uhr dieses Computers ist das Zertifikat nicht gültig.
apollo-tls-clock-next = Prüfen Sie zuerst Datum und Uhrzeit des Computers, dann prüfen Sie erneut.
apollo-tls-unknown-authority = Die sichere Verbindung ist gescheitert: Dieser Computer vertraut dem Aussteller des Zertifikats nicht.
apollo-tls-unknown-authority-next = Wenn Ihre Firma den Datenverkehr prüft, lassen Sie die IT ihr Zertifikat auf diesem Computer installieren.
apollo-tls-wrong-host = Die sichere Verbindung ist gescheitert: Das Zertifikat gehört zu einem anderen Server.
apollo-tls-wrong-host-next = Prüfen Sie die Adresse in den Einstellungen unter „Verbindung“ oder fragen Sie die IT, ob der Datenverkehr umgeleitet wird.
apollo-tls-no-common-version = Die sichere Verbindung ist gescheitert: Die Gegenseite kann weder TLS 1.2 noch 1.3.
apollo-tls-no-common-version-next = Fragen Sie die IT nach dem Proxy oder der Firewall auf dem Weg: Apollo selbst kann beides.
apollo-tls-client-certificate-wanted = Die sichere Verbindung ist gescheitert: Die Gegenseite verlangt ein Zertifikat dieses Computers.
apollo-tls-client-certificate-wanted-next = Handset kann keines senden. Lassen Sie die IT den Weg zu Apollo ohne Zertifikat freigeben.
apollo-tls-other = Eine sichere Verbindung zu Apollo kam nicht zustande.
apollo-tls-other-next = Prüfen Sie das Netzwerk oder fragen Sie die IT, ob der Datenverkehr geprüft wird.
apollo-network-other = Das Netzwerk ist gestört.
apollo-undecodable = Etwas hat geantwortet, aber nicht so wie Apollo.
apollo-undecodable-next = Prüfen Sie die Adresse in den Einstellungen unter „Verbindung“, dann prüfen Sie erneut.
apollo-not-sent-in-time = Die Anfrage hat zu lange gewartet und wurde nicht gesendet.
apollo-setup = Die Verbindung zu Apollo konnte nicht eingerichtet werden.
apollo-setup-next = Prüfen Sie die Adresse in den Einstellungen unter „Verbindung“, dann prüfen Sie erneut.

## The same with particulars
apollo-not-allowed-detail = Apollo erlaubt das dem Benutzer des Schlüssels nicht: { $detail }
apollo-invalid-detail = Apollo nimmt das nicht an: { $detail }
apollo-setup-detail = Die Verbindung zu Apollo konnte nicht eingerichtet werden: { $detail }
apollo-not-from-apollo-status = Etwas zwischen diesem Computer und Apollo, etwa eine Firewall, hat anstelle von Apollo geantwortet (Status { $status }).
apollo-unrecognized-status = Apollo hat das aus einem Grund abgelehnt, den Handset nicht kennt (Status { $status }).
apollo-free-again = Anfragen sind wieder möglich ab { $when }.
