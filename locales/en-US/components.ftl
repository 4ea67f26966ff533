# What all screens are made of: parts that fail, problems, times and lengths of time.

## Where something could not be drawn or read

# $part is what the part is called at the beginning of a sentence: "The card", "The list", "This dialog",
# "Undo". See the messages whose ids end in "-part".
components-part-failed = { $part } could not be drawn
components-part-failed-safe = The rest of Handset still works. Nothing you saved is lost, and what you typed is still there.
components-part-load-button = Load this part again
components-dialog-part = This dialog

components-window-failed = This window could not be drawn
components-window-failed-safe = Handset’s core still runs. Calls you saved are safe, and Handset sends them to Apollo.
components-window-failed-next = Load the window again. If that does not help, restart Handset and send the logs.
components-window-load-button = Load the window again

components-screen-failed = This could not be shown
components-try-again-button = Try again

## For screen readers

# The name of the region that speaks what has happened.
components-announcements = Announcements
# The name of a button that shows a cross only.
components-problem-dismiss-button = Dismiss problem
# The name of one of several choices, with what stands beside it: "In 1 hour, Wed 25 Nov, 15:05".
components-choice-with-more = { $name }, { $more }

## Time

# The time of day of somebody who may be in one of several time zones: "09:42–10:42".
components-clock-range = { $earliest }–{ $latest }

# How long a call was, as it is spoken.
components-duration-seconds =
    { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }
components-duration-minutes =
    { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
components-duration =
    { $minutes ->
        [one]
            { $seconds ->
                [one] { $minutes } minute { $seconds } second
               *[other] { $minutes } minute { $seconds } seconds
            }
       *[other]
            { $seconds ->
                [one] { $minutes } minutes { $seconds } second
               *[other] { $minutes } minutes { $seconds } seconds
            }
    }
