# What the core answers to a window, where no other file has the subject.

## Before there is a key, or somebody whose calls they are

commands-not-connected = Handset ist nicht mit Apollo verbunden. Verbinden Sie es zuerst mit einem Master-Schlüssel.
commands-nobody-chosen = Noch ist niemand ausgewählt, unter dessen Namen Handset Anrufe protokolliert. Geben Sie zuerst an, wer Sie sind.

## The queue

commands-too-many-rows = Handset liest höchstens { $max } Zeilen auf einmal.
commands-queue-closed = Diese Anrufliste ist nicht mehr geöffnet.
commands-queue-closed-next = Öffnen Sie sie erneut über „Heute“. Was Sie eingegeben haben, ist gespeichert.

## The list of the day's calls, as a file

commands-list-not-made = Die Liste konnte nicht erstellt werden.
commands-list-not-written = Die Liste konnte nicht geschrieben werden: { $reason }.
commands-list-not-written-next = Handset hat nichts geändert. Geben Sie Speicherplatz frei oder machen Sie den Ordner beschreibbar, dann versuchen Sie es erneut.

## Dialing

commands-no-test-number = Es gibt keine Nummer zum Testen.

## Who the rep is

commands-key-owner-unknown = Apollo hat noch nicht gemeldet, wem dieser Schlüssel gehört. Deshalb können Sie noch niemanden auswählen.
commands-key-owner-unknown-next = Handset fragt weiter. Versuchen Sie es gleich noch einmal.
commands-person-gone = Diese Person ist nicht mehr in der Liste.
commands-person-deactivated = Diese Person ist in Apollo deaktiviert. Unter ihrem Namen lassen sich keine Anrufe protokollieren.
commands-suggested-typed = Von Ihnen eingegebene E-Mail
commands-suggested-account = Gleiche E-Mail wie das Konto dieses Computers

## What is stored on this computer: one line each

commands-stored-calls =
    { $count ->
        [one] { $count } Anruf, der noch nicht in Apollo ist, verschlüsselt.
       *[other] { $count } Anrufe, die noch nicht in Apollo sind, verschlüsselt.
    }
commands-stored-notes =
    { $count ->
        [one] { $count } angefangene Notiz, verschlüsselt.
       *[other] { $count } angefangene Notizen, verschlüsselt.
    }
commands-stored-receipts =
    { $count ->
        [one] { $count } Nachweis abgeschlossener Anrufe: IDs, Zeiten und Ergebnisse, keine Inhalte.
       *[other] { $count } Nachweise abgeschlossener Anrufe: IDs, Zeiten und Ergebnisse, keine Inhalte.
    }
commands-stored-people =
    { $count ->
        [one] { $count } Person, unter deren Namen Handset Anrufe protokolliert: ID, Name und E-Mail.
       *[other] { $count } Personen, unter deren Namen Handset Anrufe protokolliert: ID, Name und E-Mail.
    }
commands-stored-outcomes =
    { $count ->
        [one] { $count } mögliches Ergebnis von Anrufen, von Apollo oder Ihnen benannt: IDs und Namen.
       *[other] { $count } mögliche Ergebnisse von Anrufen, von Apollo oder Ihnen benannt: IDs und Namen.
    }
commands-stored-nothing-else = Kontakte, Firmen, Aufgaben und Sequenzen sind nur im Arbeitsspeicher.

## What should not happen

commands-not-as-expected = { $command }: { $path } ist nicht wie erwartet
commands-broken = In Handset ist ein Fehler aufgetreten. Was Sie gespeichert haben, bleibt gespeichert.
commands-broken-next = Versuchen Sie es erneut. Bleibt der Fehler, starten Sie Handset neu und senden Sie die Logdateien ein (in den Einstellungen unter „Info“).
