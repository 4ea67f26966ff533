# Whether somebody may be dialed.

## A few words in the list of calls. Times are the prospect's.
reach-short-opted-out = hat widersprochen
reach-short-do-not-call = nicht anrufen
reach-short-no-number = keine Nummer
reach-short-stopped =
    { $state ->
        [archived] Sequenz archiviert
       *[paused] Sequenz pausiert
    }
reach-short-called = angerufen { $time }
reach-short-closes = nur bis { $time }
reach-short-opens = erst ab { $time }
reach-short-closed = keine Anrufzeit
reach-short-time-unknown = Zeit unbekannt

## Why somebody may not be dialed
reach-opted-out = { $name } hat Anrufen widersprochen. In Apollo ist diese Person mit „nicht anrufen“ markiert.
reach-asked-not-to = { $name } hat { $when } darum gebeten, nicht angerufen zu werden.
reach-every-number-on-list = Alle Nummern stehen auf einer Sperrliste.
reach-no-number-allowed = Keine Nummer dieser Person darf angerufen werden; bei jeder steht der Grund.
reach-no-number-from-here = Keine Nummer dieser Person darf von hier angerufen werden; bei jeder steht der Grund.
reach-no-number = Apollo hat keine Nummer, die sich anwählen lässt. Überspringen Sie die Aufgabe oder ergänzen Sie eine Nummer in Apollo.

## Why one number may not be dialed
reach-line-on-list = Steht auf einer Sperrliste.
reach-line-not-a-number = Keine Nummer, die sich anwählen lässt.
reach-line-asked-not-to = Unter dieser Nummer hat jemand { $when } darum gebeten, nicht angerufen zu werden.
reach-line-forbidden = Nummern, die mit { $start } beginnen, werden von hier nicht angerufen.

## What is asked before a call
reach-stopped =
    { $state ->
        [archived] Die Sequenz ist in Apollo archiviert: Vielleicht soll niemand daraus angerufen werden.
       *[paused] Die Sequenz ist in Apollo pausiert: Vielleicht soll niemand daraus angerufen werden.
    }
reach-called-today = { $name } wurde { $when } angerufen: { $outcome }.
reach-number-called-today = Diese Nummer wurde { $when } angerufen: { $outcome }.
reach-no-outcome = kein Ergebnis
reach-tariff-premium = Das ist eine Premiumnummer: Ein Anruf kann viel kosten.
reach-tariff-shared-cost = Das ist eine Servicenummer: Ein Anruf kostet mehr als üblich.
reach-tariff-personal = Das ist eine persönliche Rufnummer, die überallhin führen kann: Ein Anruf kann viel kosten.
reach-tariff-satellite = Diese Nummer gehört zu einem Satelliten- oder internationalen Netz: Ein Anruf kann viel kosten.

## Calling hours where the person is
reach-time-unknown = Handset kennt die Ortszeit nicht. Prüfen Sie sie vor dem Anruf.
reach-closed = Außerhalb der Anrufzeiten ({ $place }). Sie beginnen um { $opens } Uhr Ortszeit.
reach-never-open = Außerhalb der Anrufzeiten ({ $place }).
reach-partly-open = Die Ortszeit ({ $place }) liegt zwischen { $earliest } und { $latest } Uhr: Der genaue Ort ist nicht bekannt, und nicht überall dort ist Anrufzeit. Prüfen Sie das vor dem Anruf.
reach-partly-open-at = Die Ortszeit ({ $place }) ist vielleicht { $time } Uhr: Der genaue Ort ist nicht bekannt, und nicht überall dort ist Anrufzeit. Prüfen Sie das vor dem Anruf.
reach-closing-soon = Die Anrufzeiten ({ $place }) enden um { $closes } Uhr Ortszeit.
reach-open = Jetzt ist Anrufzeit ({ $place }).
reach-open-until = Jetzt ist Anrufzeit ({ $place }), bis { $closes } Uhr.
