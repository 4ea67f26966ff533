# Why the data on this computer could not be read or written.

store-not-saved = This could not be kept: { $reason }.

## Clauses after a colon, without a full stop. { $reason } within them is the system's own text.
store-disk-full = the disk is full
store-not-writable = the data folder cannot be written: { $reason }
store-not-trusted = { $folder } cannot be trusted: { $reason }. Nothing in it was opened
store-in-use = another Handset is using the data folder
store-outbox-taken = the unsent calls are being sent already
store-copy-in-use = another Handset is using a copy of the data folder
store-folder-gone = the data folder was removed or replaced while Handset was running
store-not-witnessed = the mark of what was sent cannot be written outside the data folder: { $reason }
store-key-not-at-hand =
    { $records ->
        [one] { $records } of the saved entries is sealed with a key that is not at hand
       *[other] { $records } of the saved entries are sealed with a key that is not at hand
    }
store-newer = the data was written by a newer Handset (schema { $found }, this one knows { $known })
store-damaged = the data on disk is damaged: { $reason }
