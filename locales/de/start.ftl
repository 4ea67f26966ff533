# The start of Handset: why it failed, what it waits for, and what was found out about the data.

## The window of a start that failed, or that waits

start-stopped-title = Handset kann nicht starten
start-waiting-title = Handset wartet auf den Schlüsselbund
start-try-again-button = Erneut versuchen
start-go-without-button = Ohne Schlüsselbund starten
start-asking-keychain = Schlüsselbund wird gefragt…
start-logs = Logdateien: { $folder }

## In the terminal

start-stopped = Handset kann nicht starten.
start-waiting = Handset wartet auf den Schlüsselbund.
start-doors-open = Handset konnte die Variablen nicht ablegen, über die andere in seine Fenster sehen können ({ $reason }), und startet deshalb nicht. Entfernen Sie diese Variablen, dann starten Sie Handset erneut.
start-core-files = Handset kann Speicherabbilder (Core-Dateien) nicht verhindern ({ $reason }).
start-no-display = Es gibt keine Anzeige. Starten Sie Handset auf einem Desktop oder unter Xvfb.
start-no-home = Dieses Benutzerkonto hat keinen Ordner für Apps. Geben Sie mit --data-dir einen an.
start-no-bus = Der Nachrichtenbus dieser Anmeldung antwortet nicht. Melden Sie sich ab und wieder an, dann starten Sie Handset erneut. Handset hat nichts geändert.
start-no-window = Handset kann kein Fenster öffnen ({ $reason }).
start-no-log = Handset schreibt keine Logdateien: In { $folder } kann nicht geschrieben werden ({ $reason }).
start-panic = Handset: interner Fehler bei { $place }

## Another Handset

start-other-silent = Ein anderes Handset ist geöffnet und antwortet nicht. Es wurde nichts geändert.
start-other-silent-next = Warten Sie einen Moment, dann starten Sie Handset erneut. Bleibt es dabei, beenden Sie das Programm mit dem Namen handset, oder melden Sie sich ab und wieder an. Gespeicherte Anrufe bleiben erhalten; Handset sendet sie, sobald es wieder läuft.

## The keychain

start-keychain-locked = Der Schlüsselbund dieses Computers ist gesperrt. Ohne ihn kann Handset nicht lesen, was hier gespeichert ist. Handset hat nichts geöffnet und nichts geändert.
start-keychain-locked-next = Entsperren Sie den Schlüsselbund, dann macht Handset weiter: Wenn Sie es erneut versuchen, fragt er nach dem Passwort. Auch das Programm Ihres Systems für Passwörter und Schlüssel kann ihn entsperren.
start-keychain-fails = Handset kann ohne den Schlüsselbund dieses Computers nicht lesen, was hier gespeichert ist: { $reason }. Handset hat nichts geöffnet und nichts geändert.
start-keychain-refused-next = Versuchen Sie es gleich noch einmal. Bleibt der Fehler, melden Sie sich ab und wieder an, und prüfen Sie im Programm Ihres Systems für Passwörter und Schlüssel, ob der Schlüsselbund in Ordnung ist.
start-keychain-none-next = Starten Sie das Programm des Schlüsselbunds, dann versuchen Sie es erneut. Oder starten Sie ohne ihn: Nicht gesendete Anrufe, die mit ihm verschlüsselt sind, bleiben erhalten, und ihre Aufgaben bleiben geschlossen, bis er wieder da ist.

## The data folder. $reason is the system's own text.

start-disk-full = Der Datenträger ist voll.
start-disk-full-next = Geben Sie Speicherplatz auf dem Datenträger frei, dann starten Sie Handset erneut.
start-not-writable = In den Datenordner kann nicht geschrieben werden: { $reason }.
start-not-writable-next = Machen Sie den Datenordner für Ihr Benutzerkonto beschreibbar, oder geben Sie mit --data-dir einen anderen an.
start-data-folder-not-trusted = Der Datenordner ist nicht vertrauenswürdig: { $reason }. Handset hat nichts darin geöffnet.
start-marks-folder-not-trusted = Der Ordner mit dem Vermerk über das Gesendete ist nicht vertrauenswürdig: { $reason }. Handset hat nichts darin geöffnet.
start-folder-not-trusted-next = Geben Sie mit --data-dir einen anderen Ordner an, oder reparieren Sie diesen: Er muss Ihrem Benutzerkonto gehören, niemand sonst darf hineinschreiben (chmod 700), und er darf keine Links enthalten. Wenn Sie das nicht selbst geändert haben, fragen Sie, wer diesen Computer betreut.
start-folder = Der Ordner ist { $folder }.
start-in-use = Ein anderes Handset benutzt den Datenordner.
start-in-use-next = Handset läuft schon mit diesem Datenordner. Verwenden Sie das geöffnete Fenster, oder geben Sie mit --data-dir einen anderen Ordner an.
start-outbox-taken = Die nicht gesendeten Anrufe werden schon gesendet.
start-outbox-taken-next = Warten Sie einen Moment, dann starten Sie Handset erneut. Handset hat nichts geändert.
start-copy-in-use = Ein anderes Handset benutzt eine Kopie des Datenordners.
start-copy-in-use-next = Zwei Kopien eines Datenordners würden Anrufe doppelt protokollieren. Schließen Sie das geöffnete Handset, dann starten Sie erneut.
start-folder-gone = Der Datenordner wurde entfernt oder ersetzt, während Handset lief.
start-no-mark = Der Vermerk über das Gesendete kann nicht außerhalb des Datenordners geschrieben werden: { $reason }.
start-no-mark-next = Handset hält außerhalb seines Datenordners eine kleine Datei, damit eine wiederhergestellte Sicherung keine Anrufe doppelt protokolliert. Machen Sie den Ordner für Zustandsdaten von Apps für Ihr Benutzerkonto beschreibbar, dann starten Sie Handset erneut.
start-key-not-at-hand =
    { $records ->
        [one] { $records } der gespeicherten Einträge ist mit einem Schlüssel verschlüsselt, der nicht verfügbar ist.
       *[other] { $records } der gespeicherten Einträge sind mit einem Schlüssel verschlüsselt, der nicht verfügbar ist.
    }
start-newer = Die Daten wurden von einem neueren Handset geschrieben (Schema { $found }, dieses kennt { $known }).
start-newer-next = Installieren Sie das neuere Handset wieder. Handset hat nichts geändert.
start-damaged = Die Daten auf dem Datenträger sind beschädigt: { $reason }.
start-again-next = Starten Sie Handset erneut. Bleibt der Fehler, senden Sie die Logdateien an die Person, die Handset betreut.

## The sample data

start-sample-data = Die Beispieldaten konnten nicht geöffnet werden: { $reason }.

## Notices of the main window: what was found out about the data, and what to do about it

start-recovered =
    { $unsent ->
        [0] Die Daten von Handset auf diesem Computer waren beschädigt. Handset hat sie beiseitegelegt und darin keinen nicht gesendeten Anruf gefunden.
        [one] Die Daten von Handset auf diesem Computer waren beschädigt. Handset hat sie beiseitegelegt und daraus { $unsent } nicht gesendeten Anruf gerettet. Handset sucht ihn in Apollo, bevor es etwas sendet.
       *[other] Die Daten von Handset auf diesem Computer waren beschädigt. Handset hat sie beiseitegelegt und daraus { $unsent } nicht gesendete Anrufe gerettet. Handset sucht jeden davon in Apollo, bevor es etwas sendet.
    }
start-recovered-next = Vergleichen Sie die Nachweise von heute mit Ihren Anrufen.
start-recovered-folder-next = Vergleichen Sie die Nachweise von heute mit Ihren Anrufen. Die beschädigten Daten sind im Ordner { $folder }, neben den neuen Daten.
start-unreadable =
    { $records ->
        [one] { $records } gespeicherter Eintrag ist mit einem Schlüssel verschlüsselt, der nicht im Schlüsselbund dieses Computers ist. Handset hat nichts gelöscht, und die Aufgaben nicht gesendeter Anrufe bleiben geschlossen.
       *[other] { $records } gespeicherte Einträge sind mit einem Schlüssel verschlüsselt, der nicht im Schlüsselbund dieses Computers ist. Handset hat nichts gelöscht, und die Aufgaben nicht gesendeter Anrufe bleiben geschlossen.
    }
start-unreadable-next = Mit dem Schlüssel kommen sie zurück, und Handset fragt Sie, bevor es etwas davon sendet. Wenn der Schlüsselbund zurückgesetzt wurde, ist der Schlüssel verloren: Tragen Sie diese Anrufe dann von Hand in Apollo ein.
start-revived =
    { $unsent ->
        [one] { $unsent } nicht gesendeter Anruf ist wieder da, der hier eine Zeit lang nicht lesbar war. Handset sendet nichts davon von selbst.
       *[other] { $unsent } nicht gesendete Anrufe sind wieder da, die hier eine Zeit lang nicht lesbar waren. Handset sendet nichts davon von selbst.
    }
start-revived-next = Öffnen Sie „Anrufe“: Verwerfen Sie, was inzwischen von Hand in Apollo eingetragen wurde, und versuchen Sie die anderen erneut.
start-restored =
    { $unsent ->
        [0] Die Daten von Handset auf diesem Computer wurden auf einen früheren Stand zurückgesetzt. Damals waren alle Anrufe gesendet.
        [one] Die Daten von Handset auf diesem Computer wurden auf einen früheren Stand zurückgesetzt. Damals war { $unsent } Anruf nicht gesendet. Handset sucht ihn in Apollo, bevor es etwas sendet.
       *[other] Die Daten von Handset auf diesem Computer wurden auf einen früheren Stand zurückgesetzt. Damals waren { $unsent } Anrufe nicht gesendet. Handset sucht jeden davon in Apollo, bevor es etwas sendet.
    }
start-restored-next = Anrufe, die Sie seitdem gespeichert haben, fehlen in der Liste der Anrufe. Prüfen Sie, ob der Name oben Ihrer ist, und sehen Sie unter „Anrufe“ nach, was Handset fragt.
start-copied =
    { $unsent ->
        [0] Die Daten von Handset wurden von einem anderen Computer oder aus einem anderen Ordner hierher kopiert. Sie enthalten keinen nicht gesendeten Anruf.
        [one] Die Daten von Handset wurden von einem anderen Computer oder aus einem anderen Ordner hierher kopiert. Sie enthalten { $unsent } nicht gesendeten Anruf. Vielleicht sendet ihn auch das andere Handset, deshalb sendet Handset hier nichts davon von selbst.
       *[other] Die Daten von Handset wurden von einem anderen Computer oder aus einem anderen Ordner hierher kopiert. Sie enthalten { $unsent } nicht gesendete Anrufe. Vielleicht sendet sie auch das andere Handset, deshalb sendet Handset hier nichts davon von selbst.
    }
start-copied-empty-next = Prüfen Sie, ob der Name oben Ihrer ist. Von jetzt an kennt keines der beiden Handsets die Anrufe des anderen.
start-copied-next = Prüfen Sie, ob der Name oben Ihrer ist. Öffnen Sie „Anrufe“: Versuchen Sie erneut, was das andere Handset nicht senden wird, und verwerfen Sie, was es gesendet hat oder senden wird.

## A notice of the main window about the time zone

start-zone-unknown = Die in TZ eingestellte Zeitzone („{ $text }“) hat keinen Namen, den Handset kennt.
start-zone-of-computer = Handset zeigt Uhrzeiten in der Zeitzone dieses Computers, { $zone }.
start-zone-missing = Dieser Computer gibt seine Zeitzone nicht an: Handset zeigt Uhrzeiten in UTC, und Tage beginnen um Mitternacht UTC.
