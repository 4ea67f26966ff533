# Whether somebody may be dialed.

## A few words in the list of calls. Times are the prospect's.
reach-short-opted-out = opted out
reach-short-do-not-call = do not call
reach-short-no-number = no number
reach-short-stopped =
    { $state ->
        [archived] sequence archived
       *[paused] sequence paused
    }
# The rep's own time.
reach-short-called = called { $time }
reach-short-closes = closes { $time }
reach-short-opens = opens { $time }
reach-short-closed = closed
reach-short-time-unknown = time unknown

## Why somebody may not be dialed. { $when }: "at 10:42", "on 24 Nov at 10:00"
reach-opted-out = Opted out of calls. Apollo marks { $name } as not to be called.
reach-asked-not-to = { $name } asked not to be called, { $when }.
reach-every-number-on-list = Every number is on a do-not-call list.
reach-no-number-allowed = None of their numbers may be called. Each number says why.
reach-no-number-from-here = None of their numbers may be called from here. Each number says why.
reach-no-number = Apollo has no number that can be dialed. Skip the task, or add one in Apollo.

## Why one number may not be dialed
reach-line-on-list = On a do-not-call list.
reach-line-not-a-number = Not a number that can be dialed.
reach-line-asked-not-to = Somebody on this number asked not to be called, { $when }.
reach-line-forbidden = Numbers that begin with { $start } are not called from here.

## What is asked before a call
reach-stopped =
    { $state ->
        [archived] Its sequence is archived in Apollo: somebody may want nobody of it called.
       *[paused] Its sequence is paused in Apollo: somebody may want nobody of it called.
    }
reach-called-today = { $name } was called { $when }: { $outcome }.
reach-number-called-today = This number was called { $when }: { $outcome }.
# In the place of the name of an outcome.
reach-no-outcome = no outcome
reach-tariff-premium = This is a premium-rate number: a call can cost a lot.
reach-tariff-shared-cost = This is a shared-cost number: a call costs more than an ordinary one.
reach-tariff-personal = This is a personal number, which may lead anywhere: a call can cost a lot.
reach-tariff-satellite = This number belongs to a satellite or an international network: a call can cost a lot.

## Calling hours where the person is
reach-time-unknown = Handset does not know what time it is there. Check before you call.
reach-closed = Outside calling hours in { $place }. They open at { $opens } there.
reach-never-open = Outside calling hours in { $place }.
reach-partly-open = It may be { $earliest }–{ $latest } in { $place }: nobody knows where exactly, and calling hours are not open everywhere. Check before you call.
reach-partly-open-at = It may be { $time } in { $place }: nobody knows where exactly, and calling hours are not open everywhere. Check before you call.
reach-closing-soon = Calling hours in { $place } close at { $closes } there.
reach-open = Calling hours in { $place } are open.
reach-open-until = Calling hours in { $place } are open until { $closes }.
