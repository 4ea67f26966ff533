# Points in time within sentences. { $time } is already written as the region does.

time-today = { $time }
time-tomorrow = tomorrow { $time }
time-yesterday = yesterday { $time }

# "Ada was called at 10:42."
time-said-today = at { $time }
time-said-yesterday = yesterday at { $time }
time-said-earlier = on { $day } at { $time }
