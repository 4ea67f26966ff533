# The call budget: how many requests Apollo still allows the team.

## The button in the title bar

budget-button = Call budget
# The name of the button: "Call budget, 387 calls left this hour".
budget-button-name =
    { $count ->
        [one] Call budget, { $count } call left this hour
       *[other] Call budget, { $count } calls left this hour
    }
# What is drawn on the button. $hour is budget-button-hour, which narrow windows leave out.
budget-button-left =
    { $count ->
        [one] { $count } call left { $hour }
       *[other] { $count } calls left { $hour }
    }
budget-button-hour = this hour

## The dialog

budget-title = Call budget
budget-loading = Reading the limits…
budget-help = Apollo counts requests for the whole team. All programs of the team share these limits.
budget-close-button = Close

## One window: how much of a limit is used in this minute, hour or day

# The name of the bar. $endpoint is what is limited; $window is "minute", "hour" or "day".
budget-window-name = { $endpoint }, { $window }
# Spoken as the value of the bar.
budget-window-used = { $used } of { $limit } used
# Apollo has said that there is no limit.
budget-window-used-no-limit = { $used } used, no limit
# $left is "?" while it is not known. What stands between asterisks is drawn bold.
budget-window-left = *{ $left }* of { $limit } left
