# The keychain of this computer, in which secrets are kept.

## Why it did not do what was asked: clauses after a colon, without a full stop

# { $reason } is what is known of it: a clause of below, or the system's own text.
keychain-none = this computer has no keychain that Handset can use ({ $reason })
keychain-locked = the keychain is locked
keychain-not-proven = the keychain did not do what it said: a second look found something else
# { $reason } is what is known of it: a clause of below, or the system's own text.
keychain-refused = the keychain refused ({ $reason })

## What is known of it: clauses in brackets
keychain-no-default-collection = it has no default collection
keychain-no-provider = no program on this computer provides one
keychain-broke-off = the call to it broke off
keychain-entry-form = the entry is not in the form in which it was saved
keychain-same-name =
    { $entries ->
        [one] { $entries } entry has the same name
       *[other] { $entries } entries have the same name
    }
keychain-key-form = the saved key is not a text
# The key that unsent calls are sealed with.
keychain-sealing-key-length = the saved sealing key does not have its length
# { $system } is the system's own text.
keychain-no-random-source = no random source: { $system }

## A notice of the main window

# { $reason } is what is known of it: a clause of below, or the system's own text.
keychain-file-instead = Unsent calls are sealed with a key in a file of your account, because this computer has no keychain that Handset can use ({ $reason }).
