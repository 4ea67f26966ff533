# Why settings are not taken as they were typed.

## The address of Apollo

settings-errors-address = This is not an address such as https://api.apollo.io.
settings-errors-address-host = The address has no host.
settings-errors-address-https = Only https addresses are allowed, so that the key stays safe.
settings-errors-address-path = Write the scheme and the host only, without a path.
# $origin is Apollo's own address.
settings-errors-address-next = Apollo's own is { $origin }.
# Also shown beside the field, which cannot be changed then.
settings-errors-address-of-sandbox = The sample data is served by this computer. Leave it to set Apollo's address.
settings-errors-address-fixed = The address was set when Handset was started (--apollo-url), so it cannot be changed here.

## The link of the phone app

settings-errors-link-too-long = The address of the phone app is too long.
settings-errors-link-scheme = This does not begin with the scheme of a phone app, such as tel: or zoomphonecall:.
settings-errors-link-number = The address must hold { "{e164}" } or { "{digits}" }, where the number goes.
settings-errors-link-character = The address holds a character that does not belong there.
settings-errors-link-next = The system's own is { "tel:{e164}" }.

## Calling hours

settings-errors-hours-opening = The opening time is not a time such as 08:00.
settings-errors-hours-closing = The closing time is not a time such as 08:00.
settings-errors-hours-order = Calling hours must open before they close.

## Beginnings of numbers

# $start is what was typed.
settings-errors-start = “{ $start }” is not how a number begins. Write a plus sign and digits, such as +1900.
settings-errors-starts = Handset takes at most 100 beginnings of numbers of each kind.

## Rules of outcomes

settings-errors-rules = Handset takes at most 50 rules.
settings-errors-rule-twice = Two rules are for the same outcome. Keep one of them.
settings-errors-rule-days = A rule can call again within a year: 0 to 365 days.
settings-errors-rule-stage = The stage of a rule is not an Apollo id: 24 digits and letters a to f.

## Others

settings-errors-retention = Receipts can be kept for 1 to 365 days.
settings-errors-undo = A call can be held back for an undo for at most 60 seconds.
settings-errors-pane = A pane cannot be that wide.
