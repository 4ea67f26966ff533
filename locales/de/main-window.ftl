# The frame of the main window: title bar, rail, banners, and the question before Handset quits.

main-window-opening = Handset wird geöffnet…

## The title bar

main-window-app = Handset
main-window-sample-data = Beispieldaten
main-window-leave-sample-data-button = Beispieldaten verlassen
main-window-logging-as = Protokolliert als { $name }
main-window-key-for-this-run = Schlüssel nur für diese Sitzung
main-window-unsent-calls =
    { $unsent ->
        [0] Keine Anrufe zu senden
        [one] { $unsent } nicht gesendeter Anruf
       *[other] { $unsent } nicht gesendete Anrufe
    }
main-window-unsent-calls-blocked =
    { $unsent ->
        [one] { $unsent } nicht gesendeter Anruf, { $blocked } zu entscheiden
       *[other] { $unsent } nicht gesendete Anrufe, { $blocked } zu entscheiden
    }
main-window-unsent-elsewhere =
    { $shown ->
        [sandbox]
            { $count ->
                [one] { $count } Ihrer Anrufe wartet, bis Sie die Beispieldaten verlassen
               *[other] { $count } Ihrer Anrufe warten, bis Sie die Beispieldaten verlassen
            }
       *[apollo]
            { $count ->
                [one] { $count } Ihrer Anrufe wartet auf eine andere Apollo-Adresse
               *[other] { $count } Ihrer Anrufe warten auf eine andere Apollo-Adresse
            }
    }
main-window-search-commands-button = Befehle suchen
main-window-keys-button = Tastenkürzel

## The rail: the name of it for screen readers, and the screens

main-window-rail = Hauptbereiche
main-window-today = Heute
main-window-queue = Anrufliste
main-window-calls = Anrufe
main-window-settings = Einstellungen

## Banners and notices

main-window-connection = Verbindung
main-window-notices = Hinweise
main-window-connect-again-button = Neu verbinden
main-window-dismiss-notice-button = Hinweis { $id } schließen

## What could not be drawn, at the beginning of a sentence: see components-part-failed

main-window-title-bar-part = Die Titelleiste
main-window-notices-part = Der Hinweisbereich
main-window-screen-part = Diese Ansicht
main-window-banner-part = Das Banner
main-window-undo-part = Die Leiste „Rückgängig“

## Calls that wait for Apollo

main-window-unsent =
    { $count ->
        [one] { $count } Anruf ist nicht gesendet.
       *[other] { $count } Anrufe sind nicht gesendet.
    }
main-window-waiting = Nicht gesendete Anrufe
main-window-waiting-safe =
    { $count ->
        [one] Er bleibt auf diesem Computer gespeichert und wird unter dem Namen der Person protokolliert, die ihn geführt hat.
       *[other] Sie bleiben auf diesem Computer gespeichert, und jeder wird unter dem Namen der Person protokolliert, die ihn geführt hat.
    }

## The question before Handset quits

main-window-quit-title = Handset beenden?
main-window-quit-safe =
    { $count ->
        [one] Er ist auf diesem Computer gespeichert und wird automatisch gesendet, wenn Handset das nächste Mal läuft.
       *[other] Sie sind auf diesem Computer gespeichert und werden automatisch gesendet, wenn Handset das nächste Mal läuft.
    }
main-window-stay-button = Nicht beenden
main-window-quit-button = Beenden
