# The command palette: everything that can be done, found by typing.

palette-title = Command palette
# The name of the field, and what stands in it while it is empty.
palette-search = Search actions and sequences
# The name of the list, for screen readers.
palette-actions = Actions
palette-nothing-found = No action or sequence has this name.
# What could not be drawn, at the beginning of a sentence: see components-part-failed.
palette-part = The palette

## What can be done on a card

palette-call = Call the first number
palette-end = End call
palette-note = Write the note
palette-save = Save and next
palette-skip = Skip this task
# Opens a dialog.
palette-callback = Call back…

## What can be done everywhere

palette-undo = Undo the last save
# Today, Queue and Calls are the screens, as the rail names them.
palette-go-today = Go to Today
palette-go-queue = Go to Queue
palette-go-calls = Go to Calls
palette-refresh = Refresh call tasks
palette-budget = Call budget
palette-settings = Open settings
palette-keys = Keyboard shortcuts
palette-leave-sample-data = Leave sample data

## Queues

# $queue is the name of a sequence, or of all call tasks together.
palette-work-on = Work on { $queue }
# $open and $callable are how many call tasks of the queue are open, and may be called at this minute.
palette-work-on-counts = { $open } open, { $callable } callable now
