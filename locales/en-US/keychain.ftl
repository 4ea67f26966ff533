# The keychain of this computer, in which secrets are kept.

## Why it did not do what was asked: clauses after a colon, without a full stop

# $reason is what the keychain reported.
keychain-none = this computer has no keychain that Handset can use ({ $reason })
keychain-locked = the keychain is locked
keychain-not-proven = the keychain did not do what it said: a second look found something else
# $reason is what the keychain reported.
keychain-refused = the keychain refused ({ $reason })

## A notice of the main window

# $reason is what the keychain reported.
keychain-file-instead = Unsent calls are sealed with a key in a file of your account, because this computer has no keychain that Handset can use ({ $reason }).
