# The list of outcomes: what it is, where it is from, and what a rule does.

## What a person did last, beside Undo. { $name } is an outcome.
outcomes-added = Added { $name }.
outcomes-moved = Moved { $name }.
outcomes-renamed = Renamed { $name }.
outcomes-removed = Removed { $name }.
outcomes-put-back = Put { $name } back.

## When Apollo was read, and when it is read again. { $when }: "14:05", "tomorrow 08:00"
outcomes-last-read = Last read from Apollo: { $when }.
outcomes-read-each-day = Handset reads them anew each day.
outcomes-not-read-since =
    { $next ->
        [soon] They could not be read since; Handset tries again in a moment.
        [at] They could not be read since; next try: { $when }.
       *[by_itself] They could not be read since; Handset tries again by itself.
    }
outcomes-not-read-yet =
    { $next ->
        [soon] Not read from Apollo yet. Handset tries again in a moment.
        [at] Not read from Apollo yet. Next try: { $when }.
       *[by_itself] Not read from Apollo yet. Handset tries again by itself.
    }

## Why the list has Handset's own plain outcomes
outcomes-plain-not-read =
    { $next ->
        [soon] Apollo’s dispositions are not read yet. Until they are, an outcome goes into the note as words. Handset tries again in a moment.
        [at] Apollo’s dispositions are not read yet. Until they are, an outcome goes into the note as words. Next try: { $when }.
       *[by_itself] Apollo’s dispositions are not read yet. Until they are, an outcome goes into the note as words. Handset tries again by itself.
    }
outcomes-plain-none-in-apollo = Apollo named no dispositions. An outcome goes into the note as text. An admin can write down Apollo’s own in Settings, Dispositions.

## Where an outcome is from, and what is proven of it. { $when }: "24 Nov, 15:00"
outcomes-last-named = Apollo last named it on { $when }.
outcomes-named = Named by Apollo.
outcomes-by-hand-and-named = Written down by hand, and named by Apollo.
outcomes-by-hand-earlier = Written down by hand in an earlier version; not checked.
outcomes-by-hand-calls =
    { $calls ->
        [one] Written down by hand; Apollo had { $calls } call with it on { $when }.
       *[other] Written down by hand; Apollo had { $calls } calls with it on { $when }.
    }
outcomes-by-hand-no-calls = Written down by hand; Apollo knew no call with it on { $when }.
outcomes-by-hand-not-answered = Written down by hand; Apollo could not be asked on { $when }.

## What saving a call with an outcome does: one sentence each, one after the other
outcomes-then-complete-task = Completes the task.
outcomes-then-move-task =
    { $days ->
        [0] Moves the task for later today.
        [1] Moves the task for tomorrow.
       *[other] Moves the task for { $days } days from now.
    }
outcomes-then-new-task =
    { $days ->
        [0] Makes a new call task for later today.
        [1] Makes a new call task for tomorrow.
       *[other] Makes a new call task for { $days } days from now.
    }
outcomes-then-change-stage = Changes the contact’s stage.
outcomes-then-finish-sequence = Finishes the sequence.
outcomes-then-opt-out = Keeps the person and the number from being called again.
