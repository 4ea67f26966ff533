# The list of keyboard shortcuts, and what keys are called.

keys-title = Keyboard shortcuts
keys-close-button = Close
# $key is the key that is held: "Ctrl", or "⌘" on a Mac.
keys-while-writing = While you write in a field, hold { $key } with the same letter or number.

## What is printed on keys

keys-name-control = Ctrl
keys-name-shift = Shift
keys-name-escape = Esc
# Apple prints it in small letters.
keys-name-escape-mac = esc

## What the keys of the queue do. The arrows are those on keys.

keys-group-queue = Queue
keys-down = Next person in the list (also ↓)
keys-up = Previous person in the list (also ↑)
keys-previous = Back to the person you had before
keys-search = Search
keys-skip = Skip this task

## What the keys of a call do

keys-group-call = Call
keys-call = Call the first number
keys-end = End the call
keys-outcome = Choose an outcome
keys-note = Write the note
keys-callback = Call back at another time
keys-save = Save and next
keys-undo = Undo the last save, for a few seconds

## What keys do everywhere

keys-group-everywhere = Everywhere
keys-receipts = Calls and their receipts
keys-palette = Command palette
keys-settings = Settings
keys-list = This list
keys-back = Back, or close
