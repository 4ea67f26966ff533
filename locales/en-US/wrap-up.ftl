# The pane at the right of the queue: the call's timer, its outcome, the note, and saving.

## The pane
# The name of the pane, for screen readers.
wrap-up-pane = Wrap-up
# Begins "… could not be drawn", where it could not.
wrap-up-part = The wrap-up
# The name of the status that speaks while the last call is saved, and what it says.
wrap-up-saving-status = Saving
wrap-up-saving = Saving the last call…

## The call
# The name of the timer, for screen readers.
wrap-up-timer = Call timer
# Beside the timer.
wrap-up-call-not-dialed = Not called yet
wrap-up-call-ongoing = On the call
wrap-up-call-ended = Call ended
wrap-up-end-call-button = End call
wrap-up-correct-times-button = Correct times
# Spoken. { $duration } is in words: "2 minutes 14 seconds".
wrap-up-call-ended-after = Call ended after { $duration }

## The outcome
wrap-up-outcome = Outcome
wrap-up-call-back-button = Call back…
wrap-up-change-callback-button = Change callback…
# On a first start, Apollo's list of outcomes can come while a card is open.
wrap-up-outcomes-arrived = Handset has read Apollo’s outcomes. From now on the number keys choose from this list.
# The rep has chosen otherwise for this call. { $rule } is what the outcome usually does, in whole
# sentences: "Completes the task. Finishes the sequence."
wrap-up-not-by-rule = By its rule: { $rule } For this call, your choice below counts instead.
wrap-up-finish-sequence = Finish the sequence for this contact
# { $moment } is such as "Thu 26 Nov, 10:00".
wrap-up-callback-set =
    { $how ->
        [new_task] Calls back { $moment } · new task
       *[move_task] Calls back { $moment } · this task moves
    }
wrap-up-remove-callback-button = Remove
# The same button for screen readers.
wrap-up-remove-callback-button-name = Remove callback

## The note, and saving
wrap-up-note = Note
# { $outcome } is the name of the outcome, such as "Interested".
wrap-up-note-needed = A note is needed for { $outcome }.
wrap-up-save-button = Save and next
wrap-up-skip-button = Skip…
wrap-up-call-then-choose = Call, then choose an outcome to save.
wrap-up-choose = Choose an outcome to save.
wrap-up-not-dialed-here = You have not called from here. Saving logs a call now, as if you had dialed on another phone.

## A task that nothing is left to do on
wrap-up-done-finished = Wrapped up
wrap-up-done-skipped = Skipped
wrap-up-done-gone = No longer in Apollo
wrap-up-done-catching-up = Logged; Apollo is catching up
wrap-up-go-to-next-button = Go to next
wrap-up-show-receipts-button = Show receipts

## The dialogs
wrap-up-cancel-button = Cancel

## The dialog that skips a task
wrap-up-skip-title = Skip this task
# { $name } is the person's.
wrap-up-skip-what = Handset marks the task of { $name } as skipped in Apollo. No call is logged, and the sequence goes on.
wrap-up-skip-reason = Reason
wrap-up-skip-reason-wrong-number = Wrong number
wrap-up-skip-reason-no-number = No number
wrap-up-skip-reason-do-not-call = Do not call
wrap-up-skip-reason-not-relevant = Not relevant
wrap-up-skip-reason-already-spoke = Already spoke
wrap-up-skip-reason-other = Other reason
wrap-up-skip-note = Reason in words
wrap-up-skip-note-help = Optional
wrap-up-skip-confirm-button = Skip task

## The dialog that sets a callback
# { $name } is the person's.
wrap-up-callback-title = Call { $name } back
wrap-up-callback-when = When
wrap-up-callback-in-an-hour = In 1 hour
wrap-up-callback-tomorrow = Tomorrow, same time
wrap-up-callback-in-two-days = In 2 days
wrap-up-callback-next-monday = Next Monday
wrap-up-callback-day = Day
wrap-up-callback-time = Time
wrap-up-callback-passed = This time has passed. Pick a later time.
# Below the fields, while no time is chosen.
wrap-up-callback-own-time = Your own time.
# { $moment } is such as "Thu 26 Nov, 10:00".
wrap-up-callback-at-own-time = { $moment } your own time.
# The same moment where the person is: { $place } is such as "New York".
wrap-up-callback-at-both-times = { $moment } your own time; in { $place } { $there }.
# Where the place is in more than one time zone.
wrap-up-callback-at-both-times-between = { $moment } your own time; in { $place } { $earliest } to { $latest }.
# What becomes of the task: one of the next three.
wrap-up-callback-then = Then
wrap-up-callback-new-task = Complete this task and make a new call task
wrap-up-callback-move-task = Move this task to then
wrap-up-callback-move-task-in-sequence = Move this task to then (the sequence waits)
wrap-up-callback-no-contact = Apollo names no contact for this task. It makes a new call task only for a contact.
wrap-up-callback-set-button = Set callback
# A day and a time of day, each as the region writes it: "Thu", "26 Nov", "10:00".
wrap-up-moment = { $weekday } { $day }, { $time }

## The dialog that corrects a call's times
wrap-up-times-title = Correct call times
# Below a question such as "This call ran 9 h. When did it end?".
wrap-up-times-by-clock = By this computer’s clock it began { $began } and ended { $ended }. Nothing is saved yet. Put the end right, or keep it as it is.
wrap-up-times-own-time = In your own time.
wrap-up-times-started = Call started
wrap-up-times-ended = Call ended
# Beside a field that holds no time of day.
wrap-up-times-format = Hours, minutes and seconds, such as 14:05:30.
wrap-up-times-save-button = Save times
