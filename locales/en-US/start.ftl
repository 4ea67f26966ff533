# The start of Handset: why it failed, what it waits for, and what was found out about the data.
# Much of this is written by a window without scripts, and into the terminal.

## The window of a start that failed, or that waits

# Title of the window, and its heading.
start-stopped-title = Handset cannot start
start-waiting-title = Handset waits for the keychain
start-try-again-button = Try again
start-go-without-button = Start without the keychain
# Stands for the buttons while an attempt goes on.
start-asking-keychain = Asking the keychain…
# $folder is a path.
start-logs = Logs: { $folder }

## In the terminal

# Is followed by why.
start-stopped = Handset cannot start.
start-waiting = Handset waits for the keychain.
# $reason is the system's own text.
start-doors-open = Handset cannot start without the variables that let others look into its windows ({ $reason }). Unset them, then start again.
start-core-files = Handset cannot forbid core files ({ $reason }).
start-no-display = There is no display. Start it from a desktop, or under Xvfb.
start-no-home = This account has no folder for apps. Name one with --data-dir.
start-no-bus = This session's message bus does not answer. Sign out and in, then start again. Nothing was changed.
# $reason is the system's own text.
start-no-window = Handset cannot open a window ({ $reason }).
# $folder is a path, $reason a clause without a full stop.
start-no-log = Handset writes no log: { $folder } cannot be written ({ $reason }).
# $place is a line of Handset's own code.
start-panic = Handset: internal error at { $place }

## Another Handset

start-other-silent = Another Handset is open and does not answer. Nothing was changed.
start-other-silent-next = Give it a moment, then start again. If it stays as it is, end the program named handset, or sign out and in. What you saved is stored on this computer, and is sent once Handset runs again.

## The keychain

start-keychain-locked = The keychain of this computer is locked, and Handset cannot read what is saved here without it. Nothing was opened, and nothing was changed.
start-keychain-locked-next = Unlock the keychain, and Handset goes on: it asks for the password when you try again. Your system's program for passwords and keys can unlock it too.
# $reason is a clause of the file "keychain".
start-keychain-fails = Handset cannot read what is saved here without this computer's keychain: { $reason }. Nothing was opened, and nothing was changed.
start-keychain-refused-next = Try again in a moment. If it stays, sign out and in, and look with your system's program for passwords and keys whether the keychain is in order.
start-keychain-none-next = Start the keychain's program, then try again. Or start without it: unsent calls that it has sealed are kept and their tasks stay closed until it is back.

## The data folder. $reason is the system's own text.

start-disk-full = The disk is full.
start-disk-full-next = Free some space on the disk, then start again.
start-not-writable = The data folder cannot be written: { $reason }.
start-not-writable-next = Make the data folder writable for your account, or name another with --data-dir.
start-data-folder-not-trusted = The data folder cannot be trusted: { $reason }. Nothing in it was opened.
start-marks-folder-not-trusted = The folder that remembers what was sent cannot be trusted: { $reason }. Nothing in it was opened.
start-folder-not-trusted-next = Name another folder with --data-dir, or repair this folder. It has to belong to your account, be closed to others (chmod 700) and hold no links. If you did not do this yourself, ask whoever looks after this computer.
# Follows why it cannot be used. $folder is a path.
start-folder = The folder is { $folder }.
start-in-use = Another Handset is using the data folder.
start-in-use-next = Handset is already running with this data folder. Use the window that is open, or name another folder with --data-dir.
start-outbox-taken = The unsent calls are being sent already.
start-outbox-taken-next = Wait a moment, then start again. Nothing was changed.
start-copy-in-use = Another Handset is using a copy of the data folder.
start-copy-in-use-next = Two copies of one data folder would log calls twice. Close the Handset that is open, then start again.
start-folder-gone = The data folder was removed or replaced while Handset was running.
start-no-mark = The mark of what was sent cannot be written outside the data folder: { $reason }.
start-no-mark-next = Handset keeps a small file outside its data folder, so that a restored backup does not log calls twice. Make the folder for the state of apps writable for your account, then start again.
start-key-not-at-hand =
    { $records ->
        [one] { $records } of the saved entries is sealed with a key that is not at hand.
       *[other] { $records } of the saved entries are sealed with a key that is not at hand.
    }
# $found and $known are numbers of versions.
start-newer = The data was written by a newer Handset (schema { $found }, this one knows { $known }).
start-newer-next = Install the newer Handset again. Nothing was changed.
start-damaged = The data on disk is damaged: { $reason }.
start-again-next = Start again. If it stays, send the logs to whoever looks after Handset.

## The sample data

# $reason is a clause without a full stop.
start-sample-data = The sample data cannot be opened: { $reason }.

## Notices of the main window: what was found out about the data, and what to do about it

start-recovered =
    { $unsent ->
        [0] Handset's data on this computer was damaged. It was moved aside, and no unsent call was found in it.
        [one] Handset's data on this computer was damaged. It was moved aside, and { $unsent } unsent call was recovered from it. Handset looks in Apollo for each before it sends anything.
       *[other] Handset's data on this computer was damaged. It was moved aside, and { $unsent } unsent calls were recovered from it. Handset looks in Apollo for each before it sends anything.
    }
start-recovered-next = Compare today's receipts with the calls you made.
# $folder is the name of a folder.
start-recovered-folder-next = Compare today's receipts with the calls you made. The damaged data is in the folder { $folder }, beside the new data.
start-unreadable =
    { $records ->
        [one] { $records } saved entry is sealed with a key that is not in this computer's keychain. Nothing was deleted, and the tasks of unsent calls stay closed.
       *[other] { $records } saved entries are sealed with a key that is not in this computer's keychain. Nothing was deleted, and the tasks of unsent calls stay closed.
    }
start-unreadable-next = They come back with the key, and Handset asks you before it sends any of them. If the keychain was reset, the key is gone: write these calls into Apollo by hand.
start-revived =
    { $unsent ->
        [one] { $unsent } unsent call is here again that could not be read here for a while. Nothing of that is sent by itself.
       *[other] { $unsent } unsent calls are here again that could not be read here for a while. Nothing of that is sent by itself.
    }
# "Calls" is a page of the main window.
start-revived-next = See Calls: discard what was written into Apollo by hand meanwhile, and try the others again.
start-restored =
    { $unsent ->
        [0] Handset's data on this computer was put back to an earlier state. No call was unsent then.
        [one] Handset's data on this computer was put back to an earlier state. { $unsent } call was unsent then. Handset looks in Apollo for each before it sends anything.
       *[other] Handset's data on this computer was put back to an earlier state. { $unsent } calls were unsent then. Handset looks in Apollo for each before it sends anything.
    }
start-restored-next = Calls that were saved since are not in the list of calls any more. Check that the name at the top is yours, and see Calls for what Handset asks.
start-copied =
    { $unsent ->
        [0] Handset's data was copied here from another computer or another folder. It holds no unsent call.
        [one] Handset's data was copied here from another computer or another folder. { $unsent } unsent call is in it, which the other Handset may send too, so Handset sends nothing of that by itself.
       *[other] Handset's data was copied here from another computer or another folder. { $unsent } unsent calls are in it, which the other Handset may send too, so Handset sends nothing of that by itself.
    }
start-copied-empty-next = Check that the name at the top is yours. The two do not know of each other's calls from here on.
start-copied-next = Check that the name at the top is yours. See Calls: try again what the other Handset will not send, and discard what it has sent or will send.

## A notice of the main window about the time zone

# Is followed by start-zone-of-computer or start-zone-missing. TZ is a variable of the system, $text is what it holds.
start-zone-unknown = The time zone that is set in TZ (“{ $text }”) has no name that Handset knows.
# $zone is a name such as "Europe/Berlin".
start-zone-of-computer = Times are shown for this computer’s own zone, { $zone }.
start-zone-missing = This computer does not say in which time zone it is: times are shown in UTC, and days begin at midnight UTC.
