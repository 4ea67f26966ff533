# The call budget: how many requests Apollo still allows the team.

## The button in the title bar

budget-button = Kontingent
budget-button-name =
    { $count ->
        [one] Kontingent, noch { $count } Anruf diese Stunde
       *[other] Kontingent, noch { $count } Anrufe diese Stunde
    }
budget-button-left =
    { $count ->
        [one] Noch { $count } Anruf { $hour }
       *[other] Noch { $count } Anrufe { $hour }
    }
# Left out in German: the bar has no room for it. The name of the button has it.
budget-button-hour = { "" }

## The dialog

budget-title = Kontingent
budget-loading = Limits werden gelesen…
budget-help = Apollo zählt für das ganze Team; alle seine Programme teilen sich dieses Kontingent.
budget-close-button = Schließen

## One window: how much of a limit is used in this minute, hour or day

budget-window-name = { $endpoint }, { $window }
budget-window-used = { $used } von { $limit } verbraucht
budget-window-used-no-limit = { $used } verbraucht, kein Limit
budget-window-left = *{ $left }* von { $limit } übrig
