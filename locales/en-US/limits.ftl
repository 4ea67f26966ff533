# What Apollo still allows the team.

limits-left-this-hour =
    { $left ->
        [one] The team has { $left } call log left this hour.
       *[other] The team has { $left } call logs left this hour.
    }
limits-not-known = Apollo says what is left with its first answers.

## Kinds of requests, as rows of a table
limits-log-call = Log a call
limits-complete-task = Complete a task
limits-skip-task = Skip a task
limits-read-tasks = Read call tasks
limits-read-sequences = Read sequences
limits-look-up-calls = Look calls up
limits-read-people = Read people

## The windows that Apollo counts in
limits-minute = minute
limits-hour = hour
limits-day = day
# { $when }: "14:05", "tomorrow 08:00"
limits-resets =
    { $certainty ->
        [estimated] resets about { $when }
       *[known] resets { $when }
    }
