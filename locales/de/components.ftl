# What all screens are made of: parts that fail, problems, times and lengths of time.

## Where something could not be drawn or read

components-part-failed = { $part } konnte nicht angezeigt werden
components-part-failed-safe = Der Rest von Handset arbeitet weiter. Nichts Gespeichertes geht verloren, und was Sie eingegeben haben, bleibt erhalten.
components-part-load-button = Diesen Teil neu laden
components-dialog-part = Dieser Dialog

components-window-failed = Dieses Fenster konnte nicht angezeigt werden
components-window-failed-safe = Der Kern von Handset arbeitet weiter: Gespeicherte Anrufe bleiben erhalten und werden automatisch an Apollo gesendet.
components-window-failed-next = Wenn es nicht hilft, das Fenster neu zu laden, starten Sie Handset neu und senden Sie die Logdateien.
components-window-load-button = Fenster neu laden

components-screen-failed = Das konnte nicht angezeigt werden
components-try-again-button = Erneut versuchen

## For screen readers

components-announcements = Meldungen
components-problem-dismiss-button = Problem ausblenden
components-choice-with-more = { $name }, { $more }

## Time

components-clock-range = { $earliest }–{ $latest }

components-duration-seconds =
    { $seconds ->
        [one] { $seconds } Sekunde
       *[other] { $seconds } Sekunden
    }
components-duration-minutes =
    { $minutes ->
        [one] { $minutes } Minute
       *[other] { $minutes } Minuten
    }
components-duration =
    { $minutes ->
        [one]
            { $seconds ->
                [one] { $minutes } Minute { $seconds } Sekunde
               *[other] { $minutes } Minute { $seconds } Sekunden
            }
       *[other]
            { $seconds ->
                [one] { $minutes } Minuten { $seconds } Sekunde
               *[other] { $minutes } Minuten { $seconds } Sekunden
            }
    }
