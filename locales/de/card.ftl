# The contact card, in the middle of the queue's screen.

card-pane = Kontaktkarte
card-reading = Karte wird gelesen…
card-gone-title = Nicht mehr in dieser Liste
card-call-started = Anruf begonnen: { $name }

## Where the queue has no card to show

card-queue-finished-title = Diese Anrufliste ist abgearbeitet
card-queue-finished = Alle Aufgaben dieser Anrufliste sind bearbeitet. Die Nachweise zeigen, was Apollo übernommen hat.
card-nobody-due-title = Hier ist niemand fällig
card-nobody-due-loading = Ihre Anrufaufgaben werden gelesen…
card-nobody-due = Apollo hat in dieser Anrufliste keine offene Anrufaufgabe.
card-back-to-today-button = Zurück zu „Heute“

## Who this is

card-local-time-unknown = Ortszeit nicht bekannt
card-work = { $title } · { $company }
card-no-work = Weder Position noch Firma
card-no-email = Keine E-Mail
card-linkedin = LinkedIn
card-linkedin-button = LinkedIn-Profil öffnen
card-done =
    { $state ->
        [skipped] Übersprungen. Für eine Aufgabe wird niemand zweimal angerufen.
        [gone] Nicht mehr in Apollo. Für eine Aufgabe wird niemand zweimal angerufen.
        [catching_up] Protokolliert; Apollo zieht noch nach. Für eine Aufgabe wird niemand zweimal angerufen.
       *[finished] Nachbearbeitet. Für eine Aufgabe wird niemand zweimal angerufen.
    }
card-why-here = Warum hier

## Phone numbers

card-phones = Telefonnummern
card-no-phone = Keine Telefonnummer. Überspringen Sie diese Aufgabe oder ergänzen Sie eine Nummer in Apollo.
card-call-button = Anrufen: { $number } { $kind }
card-call-extension-button = Anrufen: { $number } Durchwahl { $extension } { $kind }
card-extension = Durchw. { $extension }
card-do-not-call = Nicht anrufen

## The question before a call that something speaks against

card-confirm-title =
    { $reach ->
        [parked] Außerhalb der Anrufzeiten anrufen?
        [unknown_time] Anrufen, ohne die Ortszeit zu kennen?
       *[other] Trotzdem anrufen?
    }
card-confirm-call-button = Trotzdem anrufen
card-confirm-do-not-call-button = Nicht anrufen

## Script

card-script = Leitfaden
card-script-title = Leitfaden und Notiz der Aufgabe
card-no-script = Diese Aufgabe hat weder Leitfaden noch Notiz.

## Account

card-account = Firma
card-no-account = Apollo hat zu dieser Person keine Firma.
card-account-name = Name
card-account-website = Website
card-account-website-button = Website der Firma öffnen
card-account-industry = Branche
card-account-size = Größe
card-account-place = Ort
card-account-phone = Telefon

## Task

card-task = Aufgabe
card-task-sequence = Sequenz
card-task-no-sequence = Keine Sequenz
card-task-step = { $sequence }, Schritt { $step }
card-task-step-of = { $sequence }, Schritt { $step } von { $steps }
card-task-paused = In Apollo pausiert
card-task-archived = In Apollo archiviert
card-task-due = Fällig
card-task-priority = Priorität
card-task-priority-value =
    { $priority ->
        [urgent] dringend
        [high] hoch
        [low] niedrig
       *[medium] mittel
    }
card-task-last-activity = Letzte Aktivität
card-task-time-zone = Zeitzone
card-task-zone = { $zone }, { $source }
card-task-zones = { $zone } bis { $latest }, { $source }
card-task-place = Platz in der Liste
card-task-place-of = { $place } von { $total }

## What a team has added to people, under the names it gave

card-custom-fields = Eigene Felder

## From the core

card-why-step = Schritt { $step } von { $sequence }
card-why-no-sequence = Eine Anrufaufgabe ohne Sequenz
card-why-due = { $source }, { $due }
card-when = { $when }
card-company-size = etwa { $people } Beschäftigte
card-script-cut = [Gekürzt nach { $shown } von { $characters } Zeichen. Der ganze Text steht in Apollo.]
