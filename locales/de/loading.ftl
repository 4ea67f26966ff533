# How far the reading of the call tasks is.

loading-nothing-read = Noch nichts gelesen.
loading-first = Ihre Anrufaufgaben werden aus Apollo gelesen…
loading-more = Ihre Anrufaufgaben werden gelesen: bisher { $received }.
loading-more-of = Ihre Anrufaufgaben werden gelesen: bisher { $received } von { $total }.
loading-stopped = Angehalten nach { $received }. „Aktualisieren“ liest den Rest.
loading-stopped-of = Angehalten nach { $received } von { $total }. „Aktualisieren“ liest den Rest.
loading-failed = Was schon gelesen ist, bleibt nutzbar. Der Rest wird gelesen, sobald es möglich ist.
loading-not-read = Aus Apollo konnte nichts gelesen werden.
loading-others-left-out = Apollo hat auch Aufgaben anderer Personen gesendet; sie sind hier weggelassen.
loading-only-first = Nur die ersten { $read } Aufgaben wurden gelesen, die ältesten. Arbeiten Sie diese ab oder bereinigen Sie sie in Apollo, dann wählen Sie „Aktualisieren“.
loading-only-first-of = Nur die ersten { $read } von { $total } Aufgaben wurden gelesen, die ältesten. Arbeiten Sie diese ab oder bereinigen Sie sie in Apollo, dann wählen Sie „Aktualisieren“.
loading-unreadable =
    { $rows ->
        [one] { $rows } Zeile aus Apollos Liste war nicht lesbar und fehlt hier; sehen Sie in Apollo selbst nach.
       *[other] { $rows } Zeilen aus Apollos Liste waren nicht lesbar und fehlen hier; sehen Sie in Apollo selbst nach.
    }
