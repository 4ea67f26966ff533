# When a call task is due, beside it in the list. Short: there is little room.

due-none = no due date
due-today = due today
# d: days
due-overdue =
    { $days ->
        [one] { $days } d overdue
       *[other] { $days } d overdue
    }
due-later = due { $day }
