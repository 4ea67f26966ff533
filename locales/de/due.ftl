# When a call task is due, beside it in the list. Short: there is little room.

due-none = ohne Termin
due-today = heute fällig
due-overdue =
    { $days ->
        [one] { $days } T. überfällig
       *[other] { $days } T. überfällig
    }
due-later = fällig { $day }
