# What Apollo still allows the team.

limits-left-this-hour =
    { $left ->
        [one] Das Team kann in dieser Stunde noch { $left } Anruf protokollieren.
       *[other] Das Team kann in dieser Stunde noch { $left } Anrufe protokollieren.
    }
limits-not-known = Was noch übrig ist, meldet Apollo mit seinen ersten Antworten.

## Kinds of requests, as rows of a table
limits-log-call = Anruf protokollieren
limits-complete-task = Aufgabe abschließen
limits-skip-task = Aufgabe überspringen
limits-read-tasks = Anrufaufgaben lesen
limits-read-sequences = Sequenzen lesen
limits-look-up-calls = Anrufe nachschlagen
limits-read-people = Personen lesen

## The windows that Apollo counts in
limits-minute = Minute
limits-hour = Stunde
limits-day = Tag
limits-resets =
    { $certainty ->
        [estimated] wieder voll etwa ab { $when }
       *[known] wieder voll ab { $when }
    }
