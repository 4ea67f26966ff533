# Why settings are not taken as they were typed.

## The address of Apollo

settings-errors-address = Das ist keine Adresse wie https://api.apollo.io.
settings-errors-address-host = In der Adresse fehlt der Host.
settings-errors-address-https = Nur https-Adressen sind erlaubt, damit der Schlüssel sicher bleibt.
settings-errors-address-path = Geben Sie nur Schema und Host ein, ohne Pfad.
settings-errors-address-next = Die Adresse von Apollo selbst ist { $origin }.
settings-errors-address-of-sandbox = Die Beispieldaten kommen von diesem Computer. Verlassen Sie die Beispieldaten, um die Adresse von Apollo zu ändern.
settings-errors-address-fixed = Beim Start von Handset festgelegt (--apollo-url) und deshalb hier nicht änderbar.

## The link of the phone app

settings-errors-link-too-long = Der Link zur Telefon-App ist zu lang.
settings-errors-link-scheme = Das beginnt nicht mit dem Schema einer Telefon-App, zum Beispiel tel: oder zoomphonecall:.
settings-errors-link-number = Der Link muss { "{e164}" } oder { "{digits}" } enthalten, wo die Nummer stehen soll.
settings-errors-link-character = Der Link enthält ein Zeichen, das dort nicht hingehört.
settings-errors-link-next = Der Link des Systems ist { "tel:{e164}" }.

## Calling hours

settings-errors-hours-opening = Der Beginn ist keine Uhrzeit wie 08:00.
settings-errors-hours-closing = Das Ende ist keine Uhrzeit wie 08:00.
settings-errors-hours-order = Der Beginn der Anrufzeiten muss vor dem Ende liegen.

## Beginnings of numbers

settings-errors-start = „{ $start }“ ist kein Anfang einer Nummer. Schreiben Sie ein Pluszeichen und Ziffern, zum Beispiel +1900.
settings-errors-starts = Höchstens 100 Anfänge von Nummern je Feld sind möglich.

## Rules of outcomes

settings-errors-rules = Höchstens 50 Regeln sind möglich.
settings-errors-rule-twice = Zwei Regeln gelten für dasselbe Ergebnis. Behalten Sie nur eine davon.
settings-errors-rule-days = Eine Regel kann den nächsten Anruf höchstens ein Jahr später ansetzen: 0 bis 365 Tage.
settings-errors-rule-stage = Die Phase einer Regel ist keine Apollo-ID: 24 Ziffern und Buchstaben von a bis f.

## Others

settings-errors-retention = Nachweise lassen sich 1 bis 365 Tage aufbewahren.
settings-errors-undo = Handset kann einen Anruf für „Rückgängig“ höchstens 60 Sekunden zurückhalten.
settings-errors-pane = So breit kann ein Bereich nicht sein.
