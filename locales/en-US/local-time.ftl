# Where a prospect's time zone is known from: beside a clock.

local-time-from-apollo = from Apollo
local-time-from-city = from the city
local-time-from-state = from the state
local-time-from-country = from the country
local-time-from-number = from the number
local-time-from-company-place = from the company's place
local-time-from-company-number = from the company's number
