# The day's numbers, in the head of Today.

today-none = No calls logged yet today
today-none-unsent = No calls logged yet today, { $unsent } not sent yet
today-logged =
    { $logged ->
        [one] { $logged } call logged today
       *[other] { $logged } calls logged today
    }
today-logged-unsent =
    { $logged ->
        [one] { $logged } call logged today, { $unsent } not sent yet
       *[other] { $logged } calls logged today, { $unsent } not sent yet
    }
