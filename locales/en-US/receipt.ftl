# What became of a call or a skip: receipts, from the core.

# In the place of a name.
receipt-logged-as-user = Apollo user { $id }

## The whole
# { $until }: a time with seconds
receipt-held = Saved on this computer. It can be undone until { $until }, then it is sent.
receipt-task-is-skipped = The task is skipped.
receipt-call-is-logged = The call is logged.
# { $step }: "Task completed"; { $sentence }: a whole sentence about it
receipt-step-says = { $step }: { $sentence }
receipt-all-in-apollo = Everything is in Apollo.
receipt-skipped = Skipped in Apollo.
receipt-logged-and-moved = Logged in Apollo, and the task is moved.
receipt-logged-and-completed = Logged and completed in Apollo.

## Reading back: whether Apollo still has what was sent
receipt-read-back-pending = Handset reads this back from Apollo when the budget allows it.
receipt-read-back-verified = Read back from Apollo at { $time }: as it was sent.
# { $parts }: a list of what is not as it was sent
receipt-read-back-differs =
    { $count ->
        [one] Read back from Apollo at { $time }: { $parts } is not what was sent. Somebody may have changed it there; Handset leaves it as it is.
       *[other] Read back from Apollo at { $time }: { $parts } are not what was sent. Somebody may have changed it there; Handset leaves it as it is.
    }
receipt-part-rep = the person it is logged as
receipt-part-contact = the contact
receipt-part-outcome = the outcome
receipt-part-purpose = the purpose
receipt-part-note = the note
receipt-part-start = the start
receipt-part-duration = the duration
# { $calls }: a list of Apollo's ids
receipt-read-back-doubled = Read back from Apollo at { $time }: this call is there more than once, as { $calls }. Handset removes nothing in Apollo; delete the one that is too many there.
receipt-read-back-missing = At { $time } Apollo no longer had this call. Somebody may have removed it there; Handset does not log it again by itself.

## What a person gave up. { $why } is one of the clauses below.
receipt-given-up = Given up.
receipt-discarded-unproven = Given up at { $time }, before it was known whether Apollo has it: { $why }.
receipt-discarded-rest = The call is logged. The rest was given up at { $time }: { $why }.
receipt-discarded-all = Given up at { $time }, not in Apollo: { $why }.
receipt-because-logged-by-hand = it was written into Apollo by hand
receipt-because-wrong-person = it was the wrong person
receipt-because-duplicate = it was there twice
receipt-because-not-needed = it was not needed any more

## Names of the steps, once done
receipt-step-log-call = Call logged
receipt-step-complete-task = Task completed
receipt-step-skip-task = Task skipped
receipt-step-move-task = Task moved
receipt-step-create-callback = Callback made
receipt-step-set-stage = Stage changed
receipt-step-finish-sequence = Sequence finished
receipt-step-correct-call = Call corrected

## One step that is on its way
receipt-ready = Saved on this computer, next to be sent.
receipt-in-flight = On its way to Apollo.
receipt-reply-lost = Apollo's reply was lost.
receipt-reply-in-between = Something between this computer and Apollo answered in its place.
receipt-reply-unrecognized = Apollo answered in a way that Handset does not know.
receipt-waited-a-while = It has waited here for a while.
# Stands behind one of the four above. { $when }: "14:05", "tomorrow 08:00"
receipt-looks-first = Handset looks in Apollo before it sends anything again; next look: { $when }.
receipt-waits =
    { $reason ->
        [limit] Apollo's limit is reached; it allows the next one from { $when }. It is saved here and goes by itself.
        [apollo_down] Apollo is not answering properly. It is saved here and goes by itself; next try: { $when }.
        [in_between] Something between this computer and Apollo, such as a firewall, refuses what Handset sends. It is saved here and goes by itself; next try: { $when }.
        [key] Apollo no longer accepts the key. It is saved here and goes once a new key is connected.
       *[offline] Apollo cannot be reached. It is saved here and goes by itself; next try: { $when }.
    }

## One step that is done
receipt-done = Done at { $time }.
receipt-found = Found in Apollo at { $time }, after its reply was lost.
receipt-finished-not-moved = Apollo had the task finished already, so it was not moved.
receipt-finished-already = Apollo had it finished already.
receipt-task-removed = Apollo had removed the task, for instance because its sequence was paused.

## One step that waits for a person. Mostly "The call is saved here." follows.
receipt-call-is-saved = The call is saved here.
receipt-blocked-key-not-allowed = Connect a master key, then try again.
receipt-blocked-plan-not-allowed = Ask an admin, then try again.
receipt-blocked-task-not-yours = Apollo says that the task belongs to another user and may not be finished for them. Ask an admin, then try again, or discard what is left.
receipt-blocked-not-yours = Ask an admin, then try again, or discard what is left.
receipt-blocked-functions-off = Ask an admin to turn them on, then try again.
receipt-blocked-contact-gone = The contact is gone from Apollo, so this cannot be written to it. Copy the note if you need it, then discard the call.
receipt-blocked-call-gone = The logged call is gone from Apollo, so it cannot be corrected. Discard the change.
receipt-blocked-user-inactive = Apollo no longer accepts the person whom the call is logged as. Ask an admin to make the user active again, then try again.
receipt-blocked-outcome-unknown = Apollo does not know this outcome any more. Edit the call and pick another; it is sent then.
receipt-blocked-invalid-call = Apollo does not accept what the call says. Edit it, or try again.
receipt-blocked-invalid = Try again, or discard what is left.
receipt-blocked-replies-lost = Each time this was sent, the answer was lost, and Apollo did not have it. Edit the note, or try again on another network.
receipt-blocked-not-looked-up = This may be in Apollo already, and its list could not be read whole. Look for it in Apollo: discard it here if it is there, or try again, which sends it.
receipt-blocked-changed-in-apollo = Somebody has changed this in Apollo since the call. Try again to write over it, or discard what is left.
receipt-blocked-folder-restored = This is from an earlier state of Handset's data, so it may undo what was changed since. Look in Apollo, then try again to send what is left, or discard it. It is saved here.
receipt-blocked-folder-copied = Handset's data is a copy, and whoever has the other one may have sent this or may still send it. Make sure of that, then try again, and Handset looks in Apollo first; or discard it. It is saved here.
receipt-blocked-revived = This could not be read here for a while. If it was written into Apollo by hand meanwhile, discard it. If not, try again, and Handset looks in Apollo first. It is saved here.
receipt-blocked-unrecognized = Try again; if it stays, do it in Apollo, then discard what is left.
receipt-blocked-note-in-between = Something between this computer and Apollo, such as a firewall, refuses this note. Edit it, and it is sent then.
receipt-blocked-in-between = Something between this computer and Apollo, such as a firewall, refuses this. Try again on another network, or ask IT to let it through.

## All of a call that does not go although it could. { $reason } is a clause: "the disk is full".
receipt-held-by-disk = Nothing can be sent: { $reason }. As soon as Handset can write to its folder again, it goes by itself.
receipt-held-other-team = This call was saved for another Apollo team than the key belongs to, so it is not sent. Connect that team's key and it goes by itself, or discard it.
receipt-held-no-key = There is no key. It is saved here and goes once a key is connected.
receipt-held-team-not-known = Handset does not know yet which Apollo team the key belongs to. It is saved here and goes by itself.

## Apollo holds something that is almost this. { $id } is Apollo's.
receipt-unclear-call = Apollo's reply was lost, and Apollo holds a call that is almost this one, { $id }. Look at it in Apollo. If it is this one, say so here; if it is not, try again, which sends it.
receipt-unclear-task = Apollo's reply was lost, and Apollo holds a task that is almost this one, { $id }. Look at it in Apollo. If it is this one, say so here; if it is not, try again, which sends it.
receipt-unclear = Apollo's reply was lost, and Apollo holds something that is almost this. Look at it in Apollo. If it is this one, say so here; if it is not, try again, which sends it.
