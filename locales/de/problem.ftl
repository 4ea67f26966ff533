# What could not be done, what is safe, and what to do next.

problem-task-gone = Diese Aufgabe ist nicht mehr in der Liste.
problem-task-gone-hint = Wählen Sie eine andere oder aktualisieren Sie.
problem-no-such-call = Dieser Anruf ist nicht mehr in der Liste.

## Saving
problem-not-saved =
    { $what ->
        [draft] Der Entwurf konnte nicht gespeichert werden: { $reason }.
        [position] Ihre Stelle in der Liste konnte nicht gespeichert werden: { $reason }.
        [undo] Das Rückgängigmachen konnte nicht gespeichert werden: { $reason }.
        [retry] Der neue Versuch konnte nicht gespeichert werden: { $reason }.
        [correction] Die Änderung konnte nicht gespeichert werden: { $reason }.
        [decision] Das konnte nicht gespeichert werden: { $reason }.
        [outcomes] Die Liste der Ergebnisse konnte nicht gespeichert werden: { $reason }.
       *[call] Der Anruf konnte nicht gespeichert werden: { $reason }.
    }
problem-not-saved-hint = Was Sie eingegeben haben, steht noch auf der Karte. Kopieren Sie es bei Bedarf, beheben Sie die genannte Ursache, dann speichern Sie erneut.
problem-still-saving = Der letzte Anruf wird noch gespeichert. Ihr Text bleibt erhalten.
problem-closed = Gerade wurde der Schlüssel oder der Apollo-Benutzer gewechselt. Der Anruf wurde nicht gespeichert.
problem-closed-hint = Was Sie eingegeben haben, ist als Entwurf dieser Aufgabe gespeichert.
problem-confirm-times-hint = Noch ist nichts gespeichert. Korrigieren Sie die Zeiten oder lassen Sie sie so, dann speichern Sie.
problem-too-late-to-undo = Zu spät für „Rückgängig“: Der Eintrag ist auf dem Weg zu Apollo.
problem-too-late-to-undo-hint = Er lässt sich noch korrigieren: Öffnen Sie „Anrufe“, dann „Bearbeiten“.

## Dialing
problem-dial-still-saving = Der letzte Anruf wird noch gespeichert. Versuchen Sie es gleich erneut.
problem-dial-this-call-goes-on = Dieser Anruf läuft gerade.
problem-dial-another-call-goes-on = Ein anderer Anruf läuft. Beenden Sie ihn zuerst.
problem-dial-finished = Diese Aufgabe ist erledigt. Für sie wird nicht zweimal angerufen.

## What a call says
problem-note-needed = Für „{ $outcome }“ ist eine Notiz erforderlich. Schreiben Sie eine, dann speichern Sie.
problem-note-too-long = Die Notiz ist zu lang für Apollo.
problem-callback-passed = Der Zeitpunkt des Rückrufs ist vorbei. Wählen Sie einen späteren.
problem-callback-too-far = Der Zeitpunkt des Rückrufs liegt mehr als ein Jahr in der Zukunft.
problem-callback-needs-contact = Eine neue Anrufaufgabe braucht einen Kontakt, und diese Aufgabe hat keinen. Verschieben Sie stattdessen die Aufgabe.
problem-ends-before-start = Der Anruf kann nicht enden, bevor er beginnt.
problem-no-call = Es gibt keinen Anruf zu korrigieren.
problem-ends-in-future = Der Anruf kann nicht in der Zukunft enden.
problem-starts-too-long-ago = Der Beginn des Anrufs kann nicht mehr als zwei Tage zurückliegen.
problem-no-such-number = Diese Nummer gibt es auf der Karte nicht.
problem-no-such-link = Apollo hat keine solche Adresse oder keine, die sich sicher öffnen lässt.
problem-call-goes-on = Ein Anruf läuft. Beenden Sie ihn stattdessen und bearbeiten Sie ihn nach.
problem-other-team = Dieser Anruf gehört zu einem anderen Apollo-Team als der Schlüssel, daher kann er jetzt nicht bearbeitet werden. Hinterlegen Sie zuerst den Schlüssel jenes Teams.
problem-in-flight = Der Eintrag ist gerade auf dem Weg zu Apollo. Warten Sie die Antwort ab, dann entscheiden Sie.
problem-being-looked-up = Handset sucht den Eintrag gerade in Apollo: Ob er dort ist, ist noch nicht bekannt. Warten Sie die Antwort ab, dann entscheiden Sie.

## Reading from Apollo
problem-stages-not-read = Die Phasen konnten nicht gelesen werden: { $why }
problem-stages-not-read-hint = Regeln ohne Phase funktionieren trotzdem.
problem-call-not-read = Der Anruf konnte nicht aus Apollo gelesen werden: { $why }
problem-call-not-read-hint = Nichts wurde geändert. Versuchen Sie es später erneut.
problem-call-not-shown = Apollos Liste zeigt diesen Anruf (noch) nicht.
problem-call-not-shown-hint = Nichts wurde geändert. Apollos Liste kann eine Minute zurück sein; versuchen Sie es dann erneut.

## The list of outcomes
problem-outcome-gone = Dieses Ergebnis ist nicht mehr in der Liste. Wählen Sie ein anderes.
problem-outcome-not-an-id = Das ist keine ID von Apollo: 24 Zeichen, Ziffern und Buchstaben von a bis f.
problem-outcome-name-length = Ein Ergebnis braucht einen Namen mit höchstens 100 Zeichen.
problem-outcome-there-already = Dieses Ergebnis ist schon in der Liste.
problem-outcomes-full = Die Liste ist voll: Mehr als 200 Ergebnisse sind nicht möglich.
problem-outcomes-last-one = Ein Ergebnis muss bleiben. Ohne Ergebnisse stünde nur einfacher Text in den Notizen.
problem-outcome-not-there = Dieses Ergebnis ist nicht mehr in der Liste.
problem-nothing-to-undo = Es gibt nichts rückgängig zu machen.
problem-outcome-no-calls = Apollo kennt noch keinen Anruf mit diesem Ergebnis; das meldet es auch bei einer ID, die es nicht gibt. Trotzdem behalten?
problem-outcome-not-answered = Aus der Antwort von Apollo geht nicht hervor, ob es dieses Ergebnis kennt. Trotzdem behalten?
problem-outcome-not-asked = Apollo konnte zu dieser ID nicht gefragt werden: { $why } Ungeprüft behalten?
problem-confirm-outcome-hint = Mit einer ID, die nicht zum Team gehört, lehnt Apollo Anrufe ab, und sie warten hier.
