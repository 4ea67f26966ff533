# The screen *Calls*: each saved call or skip has a receipt, which proves what became of it in Apollo.

## The head of the screen
receipts-title = Calls
# { $sent }, { $unsent } and { $blocked } are counts of calls; a blocked call needs the rep's decision.
receipts-sums =
    { $blocked ->
        [0] { $sent } sent · { $unsent } unsent
       *[other] { $sent } sent · { $unsent } unsent · { $blocked } for you to decide
    }
# The name of the search field, and what stands in it while it is empty.
receipts-search = Search calls
receipts-export-button = Export day…
receipts-back-button = Back
receipts-reading = Reading today’s calls…

## The list
# The name of the list, for screen readers.
receipts-list = Calls
# A row, for screen readers. { $time } is when it was saved, { $who } the person's name, { $result } the
# outcome or the reason, { $state } one of the states below.
receipts-row = { $time } { $who }, { $result }, { $state }
receipts-row-without-result = { $time } { $who }, { $state }
# In place of the outcome, where the reason of a skip is not known.
receipts-row-skipped = Skipped
# In place of the person's name: names are in memory only, so after a restart there is none.
receipts-name-not-kept = Name not stored
receipts-none-yet-title = No calls yet today
receipts-none-yet = Each call that you save is listed here with its proof from Apollo: that it was logged and completed, when, and as whom.
receipts-none-found = No call has this name, outcome or id.

## The state of a call or of one of its steps, beside a shape
receipts-state-held = Can be undone
receipts-state-saved = Saved here
receipts-state-sending = Sending
receipts-state-waiting = Waiting
receipts-state-checking = Checking
receipts-state-sent = Sent
receipts-state-blocked = Needs you
receipts-state-discarded = Discarded

## What a receipt proves, each a word beside a shape
# The call.
receipts-proof-logged = logged
receipts-proof-not-logged = not logged
# The task in Apollo.
receipts-proof-completed = completed
receipts-proof-not-completed = not completed
receipts-proof-moved = moved
receipts-proof-not-moved = not moved
receipts-proof-skipped = skipped
receipts-proof-not-skipped = not skipped
# What reading the call back from Apollo has shown.
receipts-proof-to-verify = to verify
receipts-proof-verified = verified
receipts-proof-differs = differs
receipts-proof-doubled = there twice
receipts-proof-missing = missing

## One receipt
# Begins "… could not be drawn", where it could not.
receipts-part = The receipt
# Names of regions, for screen readers.
receipts-receipt = Receipt
receipts-proof = Proof
# A heading, and the name of the list below it.
receipts-steps = Steps
# Before the id that Apollo has given to what a step made.
receipts-step-id = Apollo id
receipts-copy-id-button = Copy id
# The same button for screen readers. { $step } is the step's name, such as "Call logged".
receipts-copy-id-button-name = Copy id of { $step }
receipts-id-copied = Copied the id of { $step }
receipts-id-not-copied = The id could not be copied
receipts-outcome = Outcome
# In place of the outcome, where there is none.
receipts-outcome-none = –
receipts-saved-at = Saved here at
# Followed by the name of the Apollo user.
receipts-logged-as = Logged as
receipts-wrap-up-id = Wrap-up id

## What can be done about a call
receipts-edit-button = Edit…
receipts-copy-note-button = Copy note
receipts-discard-button = Discard…
receipts-undo-button = Undo
# Apollo holds a record that is almost this call, and the rep says that it is this call.
receipts-confirm-button = It is this one
receipts-retry-button = Try again
# The same for a call that was sent: reads it from Apollo once more.
receipts-read-back-button = Read back again
receipts-note-copied = Copied the note
receipts-note-not-copied = The note could not be copied
# Beside the buttons, after the note was copied.
receipts-copied = Copied

## The dialog that edits a call
receipts-edit-title = Edit call
receipts-edit-reading = Reading the call…
receipts-edit-logged = Handset changes the record in Apollo. What happened after the call stays as it is.
receipts-edit-not-logged = The call goes to Apollo as you change it here.
receipts-edit-outcome = Outcome
receipts-edit-note = Note
receipts-edit-save-button = Save changes
receipts-edit-saved = Saved the changes
receipts-cancel-button = Cancel

## The dialog that gives up what is left of a call or a skip. { $kind } is "call" or "skip".
receipts-discard-title =
    { $kind ->
        [skip] Discard this skip?
       *[call] Discard this call?
    }
# { $steps } is a list of steps, such as "Call logged, Task completed".
receipts-discard-lost = *Given up:* { $steps }.
receipts-discard-lost-with-note = *Given up:* { $steps }. The note is not kept: copy it first if you need it.
receipts-discard-stays = *Stays in Apollo:* { $steps }.
receipts-discard-nothing-stays = Nothing of it is known to be in Apollo. The task is open again in the queue.
receipts-discard-reason = Reason
receipts-discard-reason-logged-by-hand = I put it into Apollo by hand
receipts-discard-reason-wrong-person = Wrong person
receipts-discard-reason-duplicate = It is there twice
receipts-discard-reason-not-needed = Not needed any more
receipts-discard-reason-help = Handset stores the reason with the receipt.
receipts-discard-confirm-button =
    { $kind ->
        [skip] Discard skip
       *[call] Discard call
    }
receipts-discard-keep-button =
    { $kind ->
        [skip] Keep skip
       *[call] Keep call
    }
# Spoken once it is done.
receipts-discarded =
    { $kind ->
        [skip] Discarded the skip
       *[call] Discarded the call
    }

## The dialog that writes the day to a file
receipts-export-title = Export the day
receipts-export-what = Handset writes a CSV file with today’s calls: ids, times, outcomes, and as whom. The file holds no phone numbers and no names of people you called.
receipts-export-with-notes = With notes
receipts-export-with-notes-help = Notes say what people told you. A file can be passed on to anybody. Leave notes out unless they are needed.
receipts-export-write-button = Write file
# Before the path of the file.
receipts-export-written =
    { $calls ->
        [one] 1 call is in this file:
       *[other] { $calls } calls are in this file:
    }
receipts-export-copy-path-button = Copy path
receipts-export-path-copied = Copied the path
receipts-export-path-not-copied = The path could not be copied
receipts-export-close-button = Close
