# What could not be done, what is safe, and what to do next.

problem-task-gone = This task is no longer in the list.
problem-task-gone-hint = Pick another one, or refresh.
problem-no-such-call = This call is not in the list any more.

## Saving
# { $reason } is a clause: "the disk is full".
problem-not-saved =
    { $what ->
        [draft] The draft could not be kept: { $reason }.
        [position] Your place in the list could not be kept: { $reason }.
        [undo] The undo could not be kept: { $reason }.
        [retry] The new try could not be kept: { $reason }.
        [correction] The change could not be kept: { $reason }.
        [decision] This could not be kept: { $reason }.
        [outcomes] The list of outcomes could not be kept: { $reason }.
       *[call] The call could not be kept: { $reason }.
    }
problem-not-saved-hint = What you typed is still on the card. Copy it if you like, remove the cause named above, then save again.
problem-still-saving = The last call is still being saved. What you typed is safe.
problem-closed = The key, or who you are, was changed at this moment. The call was not saved.
problem-closed-hint = What you typed is kept as a draft of this task.
problem-confirm-times-hint = Nothing is saved yet. Correct the times or keep them as they are, then save.
problem-too-late-to-undo = It is too late to undo this: it is on its way to Apollo.
problem-too-late-to-undo-hint = You can still correct it: open Calls, then Edit.

## Dialing
problem-dial-still-saving = The last call is still being saved. Try again in a moment.
problem-dial-this-call-goes-on = This call is going on.
problem-dial-another-call-goes-on = Another call is going on. End it first.
problem-dial-finished = This task is finished. It is not called twice.

## What a call says
problem-note-needed = { $outcome } needs a note. Write one, then save.
problem-note-too-long = The note is too long for Apollo.
problem-callback-passed = The time to call again has passed. Pick a later one.
problem-callback-too-far = The time to call again is more than a year ahead.
problem-callback-needs-contact = A new call task needs a contact, and this task has none. Move the task instead.
problem-ends-before-start = The call cannot end before it starts.
problem-no-call = There is no call to correct.
problem-ends-in-future = The call cannot end in the future.
problem-starts-too-long-ago = The call cannot start more than two days ago.
problem-no-such-number = There is no such number on the card.
problem-no-such-link = Apollo has no such address, or none that can be opened safely.
problem-call-goes-on = A call is going on. End it and wrap it up instead.
problem-other-team = This call belongs to another Apollo team than the key does, so it cannot be edited now. Connect that team's key first.
problem-in-flight = It is on its way to Apollo at this moment. Wait for its answer, then decide.
problem-being-looked-up = Apollo is being searched for it: whether it is there is not known yet. Wait for the answer, then decide.

## Reading from Apollo. { $why } is one or more whole sentences.
problem-stages-not-read = The stages could not be read: { $why }
problem-stages-not-read-hint = Rules without a stage work all the same.
problem-call-not-read = The call could not be read from Apollo: { $why }
problem-call-not-read-hint = Nothing was changed. Try again later.
problem-call-not-shown = Apollo’s list does not show this call (yet).
problem-call-not-shown-hint = Nothing was changed. Its index can be a minute behind; try again then.

## The list of outcomes
problem-outcome-gone = This outcome is not in the list any more. Pick another.
problem-outcome-not-an-id = This is not an id of Apollo’s: 24 digits and letters a to f.
problem-outcome-name-length = An outcome needs a name of at most 100 characters.
problem-outcome-there-already = This outcome is in the list already.
problem-outcomes-full = The list is full: 200 outcomes are kept at most.
problem-outcomes-last-one = One outcome has to stay. Without outcomes, plain text would go into notes.
problem-outcome-not-there = This outcome is not in the list any more.
problem-nothing-to-undo = There is nothing to undo.
problem-outcome-no-calls = Apollo knows no call with this outcome yet, which it also says of an id that does not exist. Keep it anyway?
problem-outcome-not-answered = Apollo’s answer does not tell whether it knows this outcome. Keep it anyway?
problem-outcome-not-asked = Apollo could not be asked about this id: { $why } Keep it unchecked?
problem-confirm-outcome-hint = With an id that is not the team’s, calls are refused by Apollo and wait here.
