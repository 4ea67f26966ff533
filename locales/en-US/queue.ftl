# The queue's screen, and its list on the left.

queue-opening = Opening the queue…
queue-resuming = Opening the queue where you left it…
queue-back-to-today-button = Back to Today

queue-none-open-title = No queue is open
# Today is the screen.
queue-none-open = Pick a sequence in Today to work through its call tasks.

# The queue of the last run, whose call tasks could not be read. Why stands between title and text.
queue-not-resumed-title = The queue could not be opened again yet
queue-not-resumed-safe = Your place and what you typed are saved.
queue-try-again-button = Try again

# Names of the lines between the panes, which can be moved, for screen readers.
queue-resize-list = Resize queue list
queue-resize-wrap-up = Resize wrap-up pane

# What could not be drawn, at the beginning of a sentence: see components-part-failed.
queue-list-part = The list
queue-card-part = The card

## The list

# Names of the pane and of the list in it, for screen readers.
queue-pane = Queue list
queue-list = Queue
# The name of the field, and what stands in it while it is empty.
queue-search = Search queue
# How many tasks of the queue were finished or skipped.
queue-progress = { $finished } of { $total } done
queue-progress-loading = { $finished } of { $total } done (still loading)
# Stands where the list would stand.
queue-no-match = Nobody in this queue matches.
queue-not-read = This queue is not read yet.
queue-nobody-due = Nobody is due here.
# $count is how many people may not be called at this minute because of their local time.
queue-outside-hours = { $count } outside calling hours
# $time is the time of day, in the rep's own zone, at which the first of them may be called.
queue-outside-hours-until = { $count } outside calling hours, next opens { $time }
queue-nobody-outside-hours = Nobody is outside calling hours.

## A row of the list

# The name of a row, for screen readers: "Dana Example, Northwind, 2 d overdue, opens 09:00". $due says
# when the task is due; $state is one of the messages below, or says whether the person may be called.
queue-row-name = { $name }, { $company }, { $due }, { $state }
queue-row-name-without-company = { $name }, { $due }, { $state }
queue-row-callable = callable now
queue-row-on-call = on a call
queue-row-catching-up = called already, Apollo is catching up
# $state is "finished", "skipped" or "gone" (no longer in Apollo).
queue-row-done =
    { $state ->
        [skipped] skipped
        [gone] gone from Apollo
       *[finished] finished
    }
# $result is the outcome, or the reason of the skip, as it is named elsewhere.
queue-row-done-with-result =
    { $state ->
        [skipped] skipped: { $result }
        [gone] gone from Apollo: { $result }
       *[finished] finished: { $result }
    }
# The name of a row that is not read yet.
queue-row-unread = Being read

# These are seen in the row. There is little room.
queue-row-saving = Saving…
queue-row-draft = draft
queue-row-on-call-mark = On a call
queue-row-called-mark = Called already
queue-row-no-company = No company
queue-row-company-and-step = { $company } · step { $step }
# When the task is due follows.
queue-row-priority =
    { $priority ->
        [urgent] urgent ·
       *[high] high ·
    }

## Spoken once a card is left

queue-saved = Saved the call with { $name }
queue-skipped = Skipped { $name }
