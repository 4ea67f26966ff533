# Undo: the last save is taken back, for the seconds after it.

## The line above the screen, while something can be taken back
# The name of the region, for screen readers.
undo-region = Undo
undo-button = Undo
# Beside the button: how many seconds are left. Seen only, and short.
undo-seconds-left = { $seconds } s

# What was saved last. { $kind } is "call" or "skip"; { $who } is the person's name; { $result } is the
# outcome of the call or the reason of the skip, as it is named elsewhere. Either may not be known.
undo-saved =
    { $kind ->
        [skip] Skipped
       *[call] Saved
    }
undo-saved-who =
    { $kind ->
        [skip] Skipped: { $who }
       *[call] Saved: { $who }
    }
undo-saved-result =
    { $kind ->
        [skip] Skipped: { $result }
       *[call] Saved: { $result }
    }
undo-saved-who-and-result =
    { $kind ->
        [skip] Skipped: { $who }, { $result }
       *[call] Saved: { $who }, { $result }
    }

## Spoken after an undo. { $name } is the person's.
undo-undone = Undone. The card of { $name } is open again.
# Another call is going on, and its card stays in sight.
undo-undone-on-call = Undone. The card of { $name } is open again. This call goes on.

## A problem, and what to do about it
undo-too-late = The time to undo has passed. The call is saved.
# *Calls* is the name of a screen, *Edit* that of a button on it.
undo-too-late-hint = A call that was sent can still be corrected: open *Calls*, then *Edit*.
