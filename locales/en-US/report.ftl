# Today: which sequence to work on now.

report-title = Today
# The name of the field, and what stands in it while it is empty.
report-filter = Filter sequences
report-cancel-loading-button = Cancel loading
report-refresh-button = Refresh
report-loading = Reading your call tasks…

## The line that says how far the loading is

report-progress-name = Loading call tasks
# Spoken as the value of the bar.
report-progress = { $received } of { $total }
# Follows a sentence. $time is when all call tasks were last read: "14:05", "yesterday 17:30".
report-as-of = As of { $time }.

## Where there is no call task to show

report-failed-title = Your call tasks could not be read
report-not-read-title = Your call tasks are not read yet
report-calls-safe = Calls you saved are safe and are sent when Apollo answers.
report-try-again-button = Try again
report-none-due-title = No call tasks are due
# $rep is the rep's name. Refresh is the button.
report-none-due = Apollo has no call task due today or earlier for { $rep }. New ones show here after Refresh.
report-none-due-for-you = Apollo has no call task due today or earlier for you. New ones show here after Refresh.

## The table

report-table-name = Sequences
report-column-sequence = Sequence
report-column-open = Open
report-column-due-today = Due today
report-column-overdue = Overdue
report-column-callable-now = Callable now
# How many people's calling hours end soon.
report-column-closing-soon = Closing soon
report-column-steps = Steps
report-column-owner = Owner
report-column-state = State
# Looks like a key: Enter starts with the sequence of this row.
report-start-key = ↵ start
# The state of a sequence in Apollo.
report-state-active = Active
report-state-paused = Paused
report-state-archived = Archived
report-no-match = No sequence has this name or owner.

## The sums of all rows, at the foot. What stands between asterisks is drawn bold.

report-total-sequences =
    { $count ->
        [one] { $count } sequence
       *[other] { $count } sequences
    }
report-total-open = *{ $count }* open
report-total-due-today = *{ $count }* due today
report-total-overdue = *{ $count }* overdue
report-total-callable-now = *{ $count }* callable now
report-total-closing-soon = *{ $count }* closing soon
