# The line that shows the running call, or one that is not saved, on every screen but its own card.

# The name of a region, for screen readers.
call-strip-region = The call
# $who is the person, in all of these.
call-strip-ongoing = On the call with { $who }
call-strip-ended = The call with { $who } is not saved yet
# $others is how many more calls are not saved.
call-strip-ended-and-others =
    { $others ->
        [one] The calls with { $who } and one more person are not saved yet
       *[other] The calls with { $who } and { $others } more people are not saved yet
    }
call-strip-back-button = Back to the card
