# How a call task ended, in the list and on the card.

# { $outcome }: the name of an outcome; { $when }: "24 Nov, 10:00"
ending-moved = { $outcome }, moved to { $when }
ending-unsent = Saved, not yet in Apollo
ending-set-aside = Saved, but cannot be read without its key
ending-catching-up = Logged; Apollo is catching up
ending-gone = No longer in Apollo's list
