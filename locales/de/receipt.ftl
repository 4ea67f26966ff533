# What became of a call or a skip: receipts, from the core.

receipt-logged-as-user = Apollo-Benutzer { $id }

## The whole
receipt-held = Auf diesem Computer gespeichert. Bis { $until } Uhr lässt es sich rückgängig machen, dann wird es gesendet.
receipt-task-is-skipped = Die Aufgabe ist übersprungen.
receipt-call-is-logged = Der Anruf ist protokolliert.
receipt-step-says = { $step }: { $sentence }
receipt-all-in-apollo = Alles ist in Apollo.
receipt-skipped = In Apollo übersprungen.
receipt-logged-and-moved = In Apollo protokolliert, Aufgabe verschoben.
receipt-logged-and-completed = In Apollo protokolliert, Aufgabe abgeschlossen.

## Reading back: whether Apollo still has what was sent
receipt-read-back-pending = Wird in Apollo nachgeprüft, sobald das Kontingent dafür reicht.
receipt-read-back-verified = Um { $time } Uhr in Apollo nachgeprüft: wie gesendet.
receipt-read-back-differs =
    { $count ->
        [one] Um { $time } Uhr in Apollo nachgeprüft. Anders als gesendet: { $parts }. Vielleicht hat jemand dies dort geändert; Handset lässt es, wie es ist.
       *[other] Um { $time } Uhr in Apollo nachgeprüft. Anders als gesendet: { $parts }. Vielleicht hat jemand dies dort geändert; Handset lässt es, wie es ist.
    }
receipt-part-rep = Apollo-Benutzer
receipt-part-contact = Kontakt
receipt-part-outcome = Ergebnis
receipt-part-purpose = Zweck
receipt-part-note = Notiz
receipt-part-start = Beginn
receipt-part-duration = Dauer
receipt-read-back-doubled = Um { $time } Uhr in Apollo nachgeprüft. Diesen Anruf gibt es dort mehrfach: { $calls }. Handset entfernt nichts in Apollo; löschen Sie dort den überzähligen.
receipt-read-back-missing = Um { $time } Uhr hatte Apollo diesen Anruf nicht mehr. Vielleicht hat jemand ihn dort entfernt; Handset protokolliert ihn nicht von selbst noch einmal.

## What a person gave up
receipt-given-up = Verworfen.
receipt-discarded-unproven = Um { $time } Uhr verworfen, bevor bekannt war, ob der Eintrag in Apollo ist: { $why }.
receipt-discarded-rest = Der Anruf ist protokolliert. Der Rest wurde um { $time } Uhr verworfen: { $why }.
receipt-discarded-all = Um { $time } Uhr verworfen, nicht in Apollo: { $why }.
receipt-because-logged-by-hand = von Hand in Apollo eingetragen
receipt-because-wrong-person = falsche Person
receipt-because-duplicate = doppelt vorhanden
receipt-because-not-needed = nicht mehr nötig

## Names of the steps, once done
receipt-step-log-call = Anruf protokolliert
receipt-step-complete-task = Aufgabe abgeschlossen
receipt-step-skip-task = Aufgabe übersprungen
receipt-step-move-task = Aufgabe verschoben
receipt-step-create-callback = Rückruf angelegt
receipt-step-set-stage = Phase geändert
receipt-step-finish-sequence = Sequenz beendet
receipt-step-correct-call = Anruf korrigiert

## One step that is on its way
receipt-ready = Auf diesem Computer gespeichert, wird als Nächstes gesendet.
receipt-in-flight = Auf dem Weg zu Apollo.
receipt-reply-lost = Die Antwort von Apollo ging verloren.
receipt-reply-in-between = Etwas zwischen diesem Computer und Apollo hat anstelle von Apollo geantwortet.
receipt-reply-unrecognized = Apollo hat auf eine Weise geantwortet, die Handset nicht kennt.
receipt-waited-a-while = Der Eintrag hat hier eine Weile gewartet.
receipt-looks-first = Handset sieht in Apollo nach, bevor es etwas noch einmal sendet; nächste Prüfung: { $when }.
receipt-waits =
    { $reason ->
        [limit] Das Limit von Apollo ist erreicht; der nächste Eintrag ist möglich ab { $when }. Dieser ist hier gespeichert und wird automatisch gesendet.
        [apollo_down] Apollo antwortet nicht richtig. Der Eintrag ist hier gespeichert und wird automatisch gesendet; nächster Versuch: { $when }.
        [in_between] Etwas zwischen diesem Computer und Apollo, etwa eine Firewall, lehnt ab, was Handset sendet. Der Eintrag ist hier gespeichert und wird automatisch gesendet; nächster Versuch: { $when }.
        [key] Apollo nimmt den Schlüssel nicht mehr an. Der Eintrag ist hier gespeichert und wird gesendet, sobald ein neuer Schlüssel hinterlegt ist.
       *[offline] Apollo ist nicht erreichbar. Der Eintrag ist hier gespeichert und wird automatisch gesendet; nächster Versuch: { $when }.
    }

## One step that is done
receipt-done = Um { $time } Uhr ausgeführt.
receipt-found = Um { $time } Uhr in Apollo gefunden, nachdem die Antwort verloren ging.
receipt-finished-not-moved = Die Aufgabe war in Apollo schon abgeschlossen, daher wurde sie nicht verschoben.
receipt-finished-already = Die Aufgabe war in Apollo schon abgeschlossen.
receipt-task-removed = Apollo hatte die Aufgabe entfernt, etwa weil ihre Sequenz pausiert wurde.

## One step that waits for a person
receipt-call-is-saved = Der Anruf ist hier gespeichert.
receipt-blocked-key-not-allowed = Hinterlegen Sie einen Master-Schlüssel, dann versuchen Sie es erneut.
receipt-blocked-plan-not-allowed = Fragen Sie einen Admin, dann versuchen Sie es erneut.
receipt-blocked-task-not-yours = Laut Apollo gehört die Aufgabe einem anderen Benutzer und darf nicht für ihn abgeschlossen werden. Fragen Sie einen Admin, dann versuchen Sie es erneut, oder verwerfen Sie den Rest.
receipt-blocked-not-yours = Fragen Sie einen Admin, dann versuchen Sie es erneut, oder verwerfen Sie den Rest.
receipt-blocked-functions-off = Lassen Sie sie von einem Admin einschalten, dann versuchen Sie es erneut.
receipt-blocked-contact-gone = Den Kontakt gibt es in Apollo nicht mehr, daher kann dort nichts zu ihm eingetragen werden. Kopieren Sie bei Bedarf die Notiz, dann verwerfen Sie den Anruf.
receipt-blocked-call-gone = Den protokollierten Anruf gibt es in Apollo nicht mehr, daher kann er nicht korrigiert werden. Verwerfen Sie die Änderung.
receipt-blocked-user-inactive = Apollo nimmt die Person nicht mehr an, unter deren Namen der Anruf protokolliert wird. Lassen Sie den Benutzer von einem Admin wieder aktivieren, dann versuchen Sie es erneut.
receipt-blocked-outcome-unknown = Apollo kennt dieses Ergebnis nicht mehr. Bearbeiten Sie den Anruf und wählen Sie ein anderes; dann wird er gesendet.
receipt-blocked-invalid-call = Apollo nimmt die Angaben zum Anruf nicht an. Bearbeiten Sie ihn oder versuchen Sie es erneut.
receipt-blocked-invalid = Versuchen Sie es erneut oder verwerfen Sie den Rest.
receipt-blocked-replies-lost = Bei jedem Senden ging die Antwort verloren, und in Apollo war der Eintrag nicht. Bearbeiten Sie die Notiz oder versuchen Sie es in einem anderen Netzwerk erneut.
receipt-blocked-not-looked-up = Der Eintrag ist vielleicht schon in Apollo; dessen Liste war nicht ganz lesbar. Suchen Sie ihn in Apollo: Ist er dort, verwerfen Sie ihn hier; sonst versuchen Sie es erneut, dann wird er gesendet.
receipt-blocked-changed-in-apollo = Seit dem Anruf hat jemand das in Apollo geändert. Versuchen Sie es erneut, um die Änderung zu überschreiben, oder verwerfen Sie den Rest.
receipt-blocked-folder-restored = Dieser Eintrag stammt aus einem früheren Stand der Handset-Daten und könnte spätere Änderungen zurücknehmen. Sehen Sie in Apollo nach, dann versuchen Sie es erneut, um den Rest zu senden, oder verwerfen Sie ihn. Er ist hier gespeichert.
receipt-blocked-folder-copied = Die Daten von Handset sind eine Kopie, und wer die andere hat, hat diesen Eintrag vielleicht gesendet oder sendet ihn noch. Klären Sie das, dann versuchen Sie es erneut, und Handset sieht zuerst in Apollo nach; oder verwerfen Sie ihn. Er ist hier gespeichert.
receipt-blocked-revived = Dieser Eintrag war hier eine Zeit lang nicht lesbar. Wurde er inzwischen von Hand in Apollo eingetragen, verwerfen Sie ihn. Wenn nicht, versuchen Sie es erneut, und Handset sieht zuerst in Apollo nach. Er ist hier gespeichert.
receipt-blocked-unrecognized = Versuchen Sie es erneut; wenn es so bleibt, erledigen Sie es in Apollo, dann verwerfen Sie den Rest.
receipt-blocked-note-in-between = Etwas zwischen diesem Computer und Apollo, etwa eine Firewall, lehnt diese Notiz ab. Bearbeiten Sie sie, dann wird sie gesendet.
receipt-blocked-in-between = Etwas zwischen diesem Computer und Apollo, etwa eine Firewall, lehnt den Eintrag ab. Versuchen Sie es in einem anderen Netzwerk erneut oder lassen Sie ihn von der IT freigeben.

## All of a call that does not go although it could
receipt-held-by-disk = Nichts kann gesendet werden: { $reason }. Sobald Handset wieder in seinen Ordner schreiben kann, wird der Eintrag automatisch gesendet.
receipt-held-other-team = Dieser Anruf wurde für ein anderes Apollo-Team gespeichert als das des Schlüssels, daher wird er nicht gesendet. Hinterlegen Sie den Schlüssel jenes Teams, dann wird er automatisch gesendet, oder verwerfen Sie ihn.
receipt-held-no-key = Es gibt keinen Schlüssel. Der Eintrag ist hier gespeichert und wird gesendet, sobald ein Schlüssel hinterlegt ist.
receipt-held-team-not-known = Handset weiß noch nicht, zu welchem Apollo-Team der Schlüssel gehört. Der Eintrag ist hier gespeichert und wird automatisch gesendet.

## Apollo holds something that is almost this
receipt-unclear-call = Die Antwort von Apollo ging verloren, und in Apollo gibt es einen fast gleichen Anruf, { $id }. Sehen Sie ihn in Apollo an. Ist es dieser, bestätigen Sie das hier; wenn nicht, versuchen Sie es erneut, dann wird gesendet.
receipt-unclear-task = Die Antwort von Apollo ging verloren, und in Apollo gibt es eine fast gleiche Aufgabe, { $id }. Sehen Sie sie in Apollo an. Ist es diese, bestätigen Sie das hier; wenn nicht, versuchen Sie es erneut, dann wird gesendet.
receipt-unclear = Die Antwort von Apollo ging verloren, und in Apollo gibt es einen fast gleichen Eintrag. Sehen Sie ihn in Apollo an. Ist es dieser, bestätigen Sie das hier; wenn nicht, versuchen Sie es erneut, dann wird gesendet.
