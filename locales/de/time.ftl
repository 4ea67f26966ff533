# Points in time within sentences.

time-today = { $time }
time-tomorrow = morgen, { $time }
time-yesterday = gestern, { $time }

time-said-today = um { $time } Uhr
time-said-yesterday = gestern um { $time } Uhr
time-said-earlier = am { $day } um { $time } Uhr
