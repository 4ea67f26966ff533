# The list of outcomes: what it is, where it is from, and what a rule does.

## What a person did last, beside Undo
outcomes-added = „{ $name }“ hinzugefügt.
outcomes-moved = „{ $name }“ verschoben.
outcomes-renamed = „{ $name }“ umbenannt.
outcomes-removed = „{ $name }“ entfernt.
outcomes-put-back = „{ $name }“ wieder aufgenommen.

## When Apollo was read, and when it is read again
outcomes-last-read = Zuletzt aus Apollo gelesen: { $when }.
outcomes-read-each-day = Handset liest die Ergebnisse jeden Tag neu.
outcomes-not-read-since =
    { $next ->
        [soon] Seitdem konnten sie nicht gelesen werden; Handset versucht es gleich erneut.
        [at] Seitdem konnten sie nicht gelesen werden; nächster Versuch: { $when }.
       *[by_itself] Seitdem konnten sie nicht gelesen werden; Handset versucht es automatisch erneut.
    }
outcomes-not-read-yet =
    { $next ->
        [soon] Noch nicht aus Apollo gelesen. Handset versucht es gleich erneut.
        [at] Noch nicht aus Apollo gelesen. Nächster Versuch: { $when }.
       *[by_itself] Noch nicht aus Apollo gelesen. Handset versucht es automatisch erneut.
    }

## Why the list has Handset's own plain outcomes
outcomes-plain-not-read =
    { $next ->
        [soon] Die Ergebnisse aus Apollo sind noch nicht gelesen. Bis dahin steht ein Ergebnis als Text in der Notiz. Handset versucht es gleich erneut.
        [at] Die Ergebnisse aus Apollo sind noch nicht gelesen. Bis dahin steht ein Ergebnis als Text in der Notiz. Nächster Versuch: { $when }.
       *[by_itself] Die Ergebnisse aus Apollo sind noch nicht gelesen. Bis dahin steht ein Ergebnis als Text in der Notiz. Handset versucht es automatisch erneut.
    }
outcomes-plain-none-in-apollo = Apollo hat keine Ergebnisse genannt. Ein Ergebnis steht als Text in der Notiz. Ein Admin kann Apollos eigene in den Einstellungen unter „Ergebnisse“ eintragen.

## Where an outcome is from, and what is proven of it
outcomes-last-named = Zuletzt von Apollo genannt: { $when }.
outcomes-named = Von Apollo genannt.
outcomes-by-hand-and-named = Von Hand eingetragen und von Apollo genannt.
outcomes-by-hand-earlier = In einer früheren Version von Hand eingetragen; nicht geprüft.
outcomes-by-hand-calls =
    { $calls ->
        [one] Von Hand eingetragen; in Apollo gab es { $calls } Anruf damit (Stand: { $when }).
       *[other] Von Hand eingetragen; in Apollo gab es { $calls } Anrufe damit (Stand: { $when }).
    }
outcomes-by-hand-no-calls = Von Hand eingetragen; in Apollo gab es keinen Anruf damit (Stand: { $when }).
outcomes-by-hand-not-answered = Von Hand eingetragen; Apollo konnte nicht gefragt werden (Stand: { $when }).

## What saving a call with an outcome does: one sentence each, one after the other
outcomes-then-complete-task = Schließt die Aufgabe ab.
outcomes-then-move-task =
    { $days ->
        [0] Verschiebt die Aufgabe auf später am Tag.
        [1] Verschiebt die Aufgabe auf morgen.
       *[other] Verschiebt die Aufgabe um { $days } Tage.
    }
outcomes-then-new-task =
    { $days ->
        [0] Legt für später am Tag eine neue Anrufaufgabe an.
        [1] Legt für morgen eine neue Anrufaufgabe an.
       *[other] Legt eine neue Anrufaufgabe in { $days } Tagen an.
    }
outcomes-then-change-stage = Ändert die Phase des Kontakts.
outcomes-then-finish-sequence = Beendet die Sequenz.
outcomes-then-opt-out = Sperrt Person und Nummer für weitere Anrufe.
