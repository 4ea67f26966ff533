# Texts of the settings window.

## Window

# Heading of the window, for hearing only, and the name of its list of pages.
settings-title = Settings
settings-loading = Reading the settings…
# Stands for a page within "{ $name } could not be drawn".
settings-part-page = This page
# Beside a field, and spoken, once its change is saved.
settings-saved = Saved

## Pages: in the list at the left, and as the heading of the page

settings-page-connection = Connection
settings-page-dispositions = Dispositions
settings-page-hours = Calling hours
settings-page-dialing = Dialing
settings-page-data = Data on this machine
settings-page-updates = Updates
settings-page-about = About

## Connection

settings-address-label = Apollo address
settings-address-help = Type the scheme and the host, such as https://api.apollo.io. Each address has its own key.
settings-key-name = Key
# Where the key is; beside "Key".
settings-key-none = There is no key.
settings-key-keychain = The key is in this computer’s keychain, for this address only.
settings-key-this-run = The key is in memory only. It is gone when Handset quits.
settings-key-sandbox = This is the sample data’s own key. Apollo does not know it.
# Beside it stands the name of the admin whose key is used.
settings-acts-as-name = Acts as
settings-acts-as-unknown = Not known yet
# Beside it stands the name of the rep.
settings-rep-name = Calls logged as
settings-rep-none = Nobody chosen yet
settings-network-name = Network
settings-network = Handset uses this computer’s proxy and the certificates it trusts. Handset does not support scripts that choose a proxy (PAC files).
settings-change-rep-button = Change who I am
# Opens the dialog that asks first.
settings-forget-key-open-button = Forget key…

## Connection: the dialog that forgets the key

settings-forget-key-title = Forget the key?
settings-forget-key-question = Handset removes the key from this computer’s keychain. To work again, paste a master key.
# Follows the sentence "2 calls are unsent.": $count is how many. "Here" is this computer.
settings-forget-key-unsent =
    { $count ->
        [one] It stays safe here and waits for a key.
       *[other] They stay safe here and wait for a key.
    }
settings-forget-key-button = Forget key
settings-forget-key-keep-button = Keep key
settings-forget-key-close-button = Close

## Outcomes: which are used now

settings-outcomes-loading = Reading the outcomes…
settings-outcomes-from-apollo = Handset uses Apollo’s outcomes. Their order here is the order of the number keys.
settings-outcomes-not-read = Handset uses its own outcomes, because Apollo’s outcomes are not read yet.
settings-outcomes-none-in-apollo = Handset uses its own outcomes, because Apollo named none.
settings-outcomes-list-name = Outcomes used now
settings-outcomes-undo-button = Undo
# Spoken once the last change of the list is undone.
settings-outcomes-undone = Undone
settings-outcomes-removed-title = Taken off the list
settings-outcomes-removed-help = Calls that were saved with a removed outcome keep its name.

## Outcomes: one of them. $name is its name.

# Spoken once it has moved: "Busy is number 1 of 3".
settings-outcome-moved = { $name } is number { $place } of { $count }
settings-outcome-up-button = Move { $name } up
settings-outcome-down-button = Move { $name } down
# Name of the button "Change", and of what it shows.
settings-outcome-rule-name = Rule of { $name }
settings-outcome-change-button = Change
settings-outcome-close-button = Close
# Follows what the outcome does: "Completes the task. A note is needed."
settings-outcome-note-needed = A note is needed.
settings-outcome-name-label = Name here
# $name is the outcome's name in Apollo.
settings-outcome-apollo-name = Apollo calls it { $name }.
settings-outcome-remove-button = Take off the list
# Name of the button "Put back".
settings-outcome-put-back-name = Put { $name } back
settings-outcome-put-back-button = Put back

## Outcomes: what one does besides logging the call

settings-rule-task-label = The task
settings-rule-task-complete = Complete it
settings-rule-task-new = Complete it, and make a new call task
settings-rule-task-move = Move it to another day (the sequence waits)
settings-rule-days-label = Days until the next call
settings-rule-days-help = 0 to 365, at the time of day of this call.
settings-rule-days-not-number = Type a whole number of days.
settings-rule-finish-sequence = Finish the sequence for this contact
settings-rule-note-required = A note is needed
settings-rule-opt-out-label = The person and the number
# "Its" is the outcome's: "Do not call" opts people out by its name.
settings-rule-opt-out-by-name = As its name says
settings-rule-opt-out-never = Are not called again
settings-rule-opt-out-callable = Can be called again
settings-rule-stage-label = Stage of the contact
settings-rule-stage-leave = Leave as it is
settings-rule-stages-loading = Reading the stages…
# $id is Apollo's id of a stage that Apollo does not list any more.
settings-rule-stage-unlisted = Not in Apollo’s list ({ $id })
# Why follows in sentences of their own.
settings-rule-stages-failed = The stages of contacts could not be read.
settings-rule-stage-stays = The stage of this rule stays as it is.
settings-rule-stages-again-button = Read stages again

## Outcomes: the dialog that adds one

# Opens the dialog.
settings-add-outcome-open-button = Add outcome…
settings-add-outcome-title = Add an outcome
settings-add-outcome-help = Handset finds outcomes that calls in Apollo already have. Add a new outcome here: filter calls by it in Apollo, and copy its id from the browser’s address.
settings-add-outcome-name-label = Name
settings-add-outcome-id-label = Apollo id
settings-add-outcome-id-help = An id has 24 digits and letters from a to f.
settings-add-outcome-cancel-button = Cancel
settings-add-outcome-anyway-button = Keep it anyway
settings-add-outcome-button = Add outcome
# Stands on the button while Apollo is asked about the id.
settings-add-outcome-asking = Asking Apollo…
# Spoken once the outcome is added.
settings-add-outcome-added = Added

## Calling hours

settings-hours-intro = Handset allows calls in these hours of the other person’s local time. 24:00 is the end of the day.
settings-hours-opens-label = Opens
settings-hours-closes-label = Closes
settings-hours-outside-label = Outside these hours
settings-hours-outside-block = Do not call
settings-hours-outside-ask = Ask each time
settings-hours-help = Opted-out people and do-not-call numbers are never called, at any hour.

## Dialing

settings-dial-link-label = Phone app link
# $example is the link "tel:{e164}"; $e164 and $digits are what stands in a link for the number.
settings-dial-link-help = { $example } opens this computer’s phone app. Another app’s link may be used with { $e164 } (+12025550143) or { $digits } (12025550143). The number is also put on the clipboard.
settings-dial-test-button = Test dial
# Spoken; the sentence below is drawn.
settings-dial-test-announced = Test number handed over
settings-dial-test-done = The test number was handed over. If no phone app opened, choose one for phone links in this computer’s settings.
settings-forbidden-label = Numbers that are never called
# $example is "+1900, +979".
settings-forbidden-help = Type how these numbers begin, with commas between: { $example }. The longest beginning that fits a number counts.
settings-allowed-label = Numbers that are called without a question
# $example is "+4484".
settings-allowed-help = Handset asks before it dials premium-rate, shared-cost, personal and satellite numbers, unless they begin like this: { $example }.
settings-undo-label = Undo time in seconds
# Save and next is the button that saves a call. What stands between asterisks is drawn bold.
settings-undo-help = You can undo *Save and next* for this long. Until then Handset sends nothing of the call. You can choose 0 to 60; 0 sends at once.
settings-undo-not-number = Type a whole number of seconds.

## Data on this computer

settings-data-intro = Handset reads contacts, accounts, tasks and sequences from Apollo and holds them in memory only.
settings-data-stored-title = What is stored
settings-data-folder-name = Folder
settings-retention-label = Days to keep ids of logged calls
settings-retention-help = Handset stores ids only: no names, numbers or notes. It erases older ids.
settings-retention-not-number = Type a whole number of days.

## About

settings-version-name = Version
settings-log-folder-name = Log folder
settings-logs-help = Logs hold no key, phone number, name, email or note.
settings-open-logs-button = Open logs
settings-license = Handset is free software under the MIT license or the Apache License 2.0, as you choose.
settings-license-name = License
settings-licenses-button = Licenses of libraries…
settings-licenses-title = Licenses of libraries
settings-licenses-loading = Reading the licenses…
settings-licenses-none = The licenses are part of an installed Handset. This one was not made by an installer.
settings-licenses-close-button = Close
