# How far the reading of the call tasks is.

loading-nothing-read = Nothing is read yet.
loading-first = Reading your call tasks from Apollo…
loading-more = Reading your call tasks: { $received } so far.
loading-more-of = Reading your call tasks: { $received } of { $total } so far.
loading-stopped = Stopped after { $received }. Refresh reads the rest.
loading-stopped-of = Stopped after { $received } of { $total }. Refresh reads the rest.
# Stands behind a sentence that says why.
loading-failed = The tasks that were read before can still be worked. Handset reads the rest as soon as it can.
loading-not-read = Apollo could not be read.
loading-others-left-out = Apollo also sent other people’s tasks. Handset left them out.
loading-only-first = Only the first { $read } tasks were read, the oldest ones. Work through these or clear them in Apollo, then Refresh.
loading-only-first-of = Only the first { $read } of { $total } tasks were read, the oldest ones. Work through these or clear them in Apollo, then Refresh.
loading-unreadable =
    { $rows ->
        [one] { $rows } row of Apollo's list could not be read and is missing here; look in Apollo itself.
       *[other] { $rows } rows of Apollo's list could not be read and are missing here; look in Apollo itself.
    }
