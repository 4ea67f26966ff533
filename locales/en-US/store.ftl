# Why the data on this computer could not be read or written.

store-not-saved = This could not be kept: { $reason }.

## Clauses after a colon, without a full stop. { $reason } within them is the system's own text where nothing else is said.
store-disk-full = the disk is full
store-not-writable = the data folder cannot be written: { $reason }
# { $folder } is "data", or "marks": the one that remembers what was sent. { $reason } is a clause of below.
store-not-trusted =
    { $folder ->
        [marks] the folder that remembers what was sent cannot be trusted: { $reason }. Nothing in it was opened
       *[data] the data folder cannot be trusted: { $reason }. Nothing in it was opened
    }
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
# { $reason } is a clause of below.
store-damaged = the data on disk is damaged: { $reason }

## Why a folder cannot be trusted: clauses after a colon, without a full stop
store-distrust-link = it is a link to another place
store-distrust-others-own = it belongs to another user of this computer
store-distrust-others-write = other users of this computer can write into it, and may have done so
store-distrust-others-read = it holds other things, and other users of this computer can read it
# { $name } is the name of a file or a folder in it, or store-distrust-something.
store-distrust-inside =
    { $what ->
        [link] in it, { $name } is a link to another place
        [others_own] in it, { $name } belongs to another user of this computer
        [not_as_made] in it, { $name } is not as Handset makes it, a file that this account alone can write
       *[neither] in it, { $name } is neither a file nor a folder
    }
# In the place of a name that cannot be shown.
store-distrust-something = something

## How the data is damaged: clauses after a colon, without a full stop. "It" is the data.
store-damage-part-missing = a part of it is missing
store-damage-unknown-form = it is in a form that cannot be read
store-damage-contradiction = it contradicts itself
store-damage-ends-early = it ends too early
store-damage-checksum = a checksum does not match
store-damage-only-copy-left = only the copy of it is left
# Revisions are counted: { $found } is lower than { $written }.
store-damage-ends-at-revision = it ends at revision { $found }, and { $written } was written
store-damage-not-read-to-end = it could not be read to its end
store-damage-copy-not-whole = a copy of it is not whole
store-damage-broke-off = a call to it broke off
store-damage-record-not-whole = a record is not whole
store-damage-record-out-of-place = a record is not where it belongs
store-damage-record-form = a record does not have its form
store-damage-record-unreadable = a record cannot be read
store-damage-record-too-large = a record is too large
store-damage-key-file-length = the file of the sealing key does not have its length
store-damage-no-random-source = the computer has no random source
