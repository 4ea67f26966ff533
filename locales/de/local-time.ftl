# Where a prospect's time zone is known from: beside a clock.

local-time-from-apollo = laut Apollo
local-time-from-city = laut Stadt
local-time-from-state = laut Bundesstaat
local-time-from-country = laut Land
local-time-from-number = laut Nummer
local-time-from-company-place = laut Firmensitz
local-time-from-company-number = laut Nummer der Firma
