# Die Zeile mit dem laufenden oder nicht gespeicherten Anruf, auf jeder Seite außer seiner Karte.

call-strip-region = Der Anruf
call-strip-ongoing = Im Gespräch mit { $who }
call-strip-ended = Der Anruf mit { $who } ist noch nicht gespeichert
call-strip-ended-and-others =
    { $others ->
        [one] Die Anrufe mit { $who } und einer weiteren Person sind noch nicht gespeichert
       *[other] Die Anrufe mit { $who } und { $others } weiteren Personen sind noch nicht gespeichert
    }
call-strip-back-button = Zur Karte
