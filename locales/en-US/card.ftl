# The contact card, in the middle of the queue's screen.

# The name of the pane, for screen readers.
card-pane = Contact card
card-reading = Reading the card…
# Why, and what to do, follow.
card-gone-title = No longer in this list
# Spoken.
card-call-started = Call started: { $name }

## Where the queue has no card to show

card-queue-finished-title = This queue is finished
card-queue-finished = You finished or skipped every task of this queue. *Calls* shows what Apollo has received.
card-nobody-due-title = Nobody is due here
card-nobody-due-loading = Handset is reading your call tasks…
card-nobody-due = Apollo has no open call task in this queue.
card-back-to-today-button = Back to Today

## Who this is

card-local-time-unknown = Local time not known
card-work = { $title } · { $company }
card-no-work = No title or company
card-no-email = No email
# Seen; card-linkedin-button is the name of the button.
card-linkedin = LinkedIn
card-linkedin-button = Open LinkedIn profile
# What became of a task that nothing is left to do on. $state is "finished", "skipped", "gone" (no longer
# in Apollo) or "catching_up" (logged already).
card-done =
    { $state ->
        [skipped] Skipped. Nobody is called twice for one task.
        [gone] No longer in Apollo. Nobody is called twice for one task.
        [catching_up] Logged; Apollo is catching up. Nobody is called twice for one task.
       *[finished] Wrapped up. Nobody is called twice for one task.
    }
# The reason follows: "Step 2 of Q4 outbound calls, 2 d overdue".
card-why-here = Why here

## Phone numbers

card-phones = Phone numbers
card-no-phone = Apollo has no phone number for this person. Skip this task, or add a number in Apollo.
# The name of a button that calls. $kind is "mobile", "work" and the like.
card-call-button = Call { $number } { $kind }
card-call-extension-button = Call { $number } extension { $extension } { $kind }
# Seen after the number.
card-extension = ext. { $extension }
card-do-not-call = Do not call

## The question before a call that something speaks against

# $reach is what speaks against it: "parked" (outside calling hours), "unknown_time", or another.
card-confirm-title =
    { $reach ->
        [parked] Call outside calling hours?
        [unknown_time] Call without knowing the time there?
       *[other] Call all the same?
    }
card-confirm-call-button = Call anyway
card-confirm-do-not-call-button = Do not call

## Script

# The name of the part, for screen readers, and its heading.
card-script = Script
card-script-title = Script and note of the task
card-no-script = This task has no script or note.

## Account

card-account = Account
card-no-account = Apollo has no account for this person.
card-account-name = Name
card-account-website = Website
card-account-website-button = Open company website
card-account-industry = Industry
card-account-size = Size
card-account-place = Place
card-account-phone = Phone

## Task

card-task = Task
card-task-sequence = Sequence
card-task-no-sequence = No sequence
card-task-step = { $sequence }, step { $step }
card-task-step-of = { $sequence }, step { $step } of { $steps }
card-task-paused = Paused in Apollo
card-task-archived = Archived in Apollo
card-task-due = Due
card-task-priority = Priority
card-task-priority-value =
    { $priority ->
        [urgent] urgent
        [high] high
        [low] low
       *[medium] medium
    }
card-task-last-activity = Last activity
card-task-time-zone = Time zone
# $zone and $latest are names such as "America/New_York"; $source says where they come from: "from Apollo".
card-task-zone = { $zone }, { $source }
card-task-zones = { $zone } to { $latest }, { $source }
card-task-place = Place in queue
card-task-place-of = { $place } of { $total }

## What a team has added to people, under the names it gave

card-custom-fields = Custom fields

## From the core

# Beside "Why here": { $sequence } is its name.
card-why-step = Step { $step } of { $sequence }
card-why-no-sequence = A call task without a sequence
# { $source }: one of the above, or the name of a sequence; { $due }: "2 d overdue"
card-why-due = { $source }, { $due }
# { $when }: a date and a time
card-when = { $when }
card-company-size = about { $people } people
card-script-cut = [Cut after { $shown } of { $characters } characters. The whole text is in Apollo.]
