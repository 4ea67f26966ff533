# The call budget: how many requests Apollo still allows the team.

## The button in the title bar

budget-button = Kontingent
budget-button-name = Kontingent, Anrufe: noch { $count } diese Stunde
budget-button-left = Anrufe: noch { $count } { $hour }
budget-button-hour = diese Stunde

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
