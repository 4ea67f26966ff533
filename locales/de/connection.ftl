# The banner: whether Apollo can be reached. Its sentences stand one after the other.

connection-trouble =
    { $reason ->
        [apollo_down] Apollo antwortet nicht richtig (seit { $since }). Sie können weiter anrufen.
        [in_between] Etwas zwischen diesem Computer und Apollo, etwa eine Firewall, lehnt ab, was Handset sendet (seit { $since }). Sie können weiter anrufen.
       *[offline] Apollo ist nicht erreichbar (seit { $since }). Sie können weiter anrufen.
    }
connection-limit = Das Limit von Apollo ist erreicht.
connection-key-refused = Apollo nimmt den Schlüssel nicht mehr an (seit { $since }). Hinterlegen Sie einen neuen.
connection-disk-refuses =
    { $unsent ->
        [one] Anrufe können nicht gesendet werden: { $reason }. { $unsent } Anruf ist hier gespeichert. Sobald Handset wieder in seinen Ordner schreiben kann, wird er automatisch gesendet.
       *[other] Anrufe können nicht gesendet werden: { $reason }. { $unsent } Anrufe sind hier gespeichert. Sobald Handset wieder in seinen Ordner schreiben kann, werden sie automatisch gesendet.
    }

## What is safe, and what comes next
connection-nothing-waits = Es gibt nichts zu senden.
connection-nothing-lost = Nichts ist verloren.
connection-saved-here =
    { $unsent ->
        [one] { $unsent } Anruf ist hier gespeichert und wird automatisch gesendet.
       *[other] { $unsent } Anrufe sind hier gespeichert und werden automatisch gesendet.
    }
connection-next-try = Nächster Versuch: { $when }.
connection-next-request = Die nächste Anfrage ist möglich ab { $when }.
