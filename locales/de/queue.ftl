# The queue's screen, and its list on the left.

queue-opening = Anrufliste wird geöffnet…
queue-resuming = Anrufliste wird dort geöffnet, wo Sie aufgehört haben…
queue-back-to-today-button = Zurück zu „Heute“

queue-none-open-title = Keine Anrufliste geöffnet
queue-none-open = Wählen Sie unter „Heute“ eine Sequenz, um ihre Anrufaufgaben abzuarbeiten.

queue-not-resumed-title = Die Anrufliste konnte noch nicht wieder geöffnet werden
queue-not-resumed-safe = Ihre Stelle in der Liste und Ihre Texte sind gespeichert.
queue-try-again-button = Erneut versuchen

queue-resize-list = Breite der Anrufliste ändern
queue-resize-wrap-up = Breite der Nachbearbeitung ändern

queue-list-part = Die Liste
queue-card-part = Die Karte

## The list

queue-pane = Bereich Anrufliste
queue-list = Anrufliste
queue-search = Anrufliste durchsuchen
queue-progress = { $finished } von { $total } erledigt
queue-progress-loading = { $finished } von { $total } erledigt (lädt noch)
queue-no-match = Niemand in dieser Anrufliste passt dazu.
queue-not-read = Noch nicht gelesen.
queue-nobody-due = Hier ist niemand fällig.
queue-outside-hours = { $count } außerhalb der Anrufzeiten
queue-outside-hours-until = { $count } außerhalb der Anrufzeiten, wieder ab { $time }
queue-nobody-outside-hours = Niemand außerhalb der Anrufzeiten

## A row of the list

queue-row-name = { $name }, { $company }, { $due }, { $state }
queue-row-name-without-company = { $name }, { $due }, { $state }
queue-row-callable = jetzt anrufbar
queue-row-on-call = im Gespräch
queue-row-catching-up = schon angerufen, Apollo zieht noch nach
queue-row-done =
    { $state ->
        [skipped] übersprungen
        [gone] nicht mehr in Apollo
       *[finished] erledigt
    }
queue-row-done-with-result =
    { $state ->
        [skipped] übersprungen: { $result }
        [gone] nicht mehr in Apollo: { $result }
       *[finished] erledigt: { $result }
    }
queue-row-unread = Wird gelesen

queue-row-saving = Wird gespeichert…
queue-row-draft = Entwurf
queue-row-on-call-mark = Im Gespräch
queue-row-called-mark = Schon angerufen
queue-row-no-company = Keine Firma
queue-row-company-and-step = { $company } · Schritt { $step }
queue-row-priority =
    { $priority ->
        [urgent] dringend ·
       *[high] wichtig ·
    }

## Spoken once a card is left

queue-saved = Anruf mit { $name } gespeichert
queue-skipped = { $name } übersprungen
