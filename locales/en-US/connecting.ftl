# What is asked of Apollo about a pasted key, and what became of the key.

## The four questions, one after another

connecting-question-known = Does Apollo know the key?
connecting-question-workspace = Whose workspace is it?
connecting-question-master = Is it a master key?
connecting-question-limits = What are the limits?

## The pasted text cannot be a key; nothing was sent

connecting-key-empty = There is no key in the field. Copy the key in Apollo and paste it here.
connecting-key-space-inside = A key has no spaces or line breaks inside. Copy only the key and paste it again.
connecting-key-control-character = The pasted text holds characters that cannot be seen. Copy the key again in Apollo.
connecting-key-not-plain = A key has only plain letters, digits and signs. Copy the key again in Apollo.
connecting-key-too-short = This is too short to be a key. Copy the whole key in Apollo.
connecting-key-too-long = This is too long to be a key. Copy only the key and paste it again.
connecting-paste-again = Paste the key again.

## Answers to the four questions

# Apollo knows the key.
connecting-known = Yes.
connecting-revoked = Apollo does not know this key any more. It worked before, so it was revoked.
connecting-revoked-next = Make a new key in Apollo and paste it here.
connecting-clock-behind =
    { $minutes ->
        [one] Yes, but this computer's clock is { $minutes } minute behind, so calls would be logged at wrong times.
       *[other] Yes, but this computer's clock is { $minutes } minutes behind, so calls would be logged at wrong times.
    }
connecting-clock-ahead =
    { $minutes ->
        [one] Yes, but this computer's clock is { $minutes } minute ahead, so calls would be logged at wrong times.
       *[other] Yes, but this computer's clock is { $minutes } minutes ahead, so calls would be logged at wrong times.
    }
connecting-clock-next = Set the clock (automatic time in the system settings), then check again.
# $name is the admin who made the key.
connecting-acts-as = It acts as { $name }. Your calls are still logged as you: you say who you are next.
# The key is a master key.
connecting-is-master = Yes. It can log calls.
# $hour and $day are limits, $left is what is left of this hour's.
connecting-limits =
    { $left ->
        [one] The whole team may log { $hour } calls an hour and { $day } a day; { $left } is left this hour.
       *[other] The whole team may log { $hour } calls an hour and { $day } a day; { $left } are left this hour.
    }
connecting-limit-of-hour =
    { $left ->
        [one] The whole team may log { $hour } calls an hour and any number of calls a day; { $left } is left this hour.
       *[other] The whole team may log { $hour } calls an hour and any number of calls a day; { $left } are left this hour.
    }
connecting-limit-of-day = The whole team may log any number of calls an hour and { $day } a day.
connecting-no-limit = Apollo named no limit for logging calls.
connecting-limits-not-read = Apollo did not say. Handset learns them from its answers.
# Follows why. $endpoint is Apollo's own name of a part of its API, for the Apollo admin.
connecting-refused-endpoint = Apollo refused { $endpoint }.

## Where the key is now

connecting-not-kept = The key was not kept.
connecting-in-keychain = The key is in this computer's keychain.
connecting-this-run = The key is in use until Handset quits. It is not kept on this computer.
connecting-no-keychain = The key is good, but this computer has no keychain to keep it in. You can use it for this run; it is then gone when Handset quits.
# $reason is a clause of the file "keychain".
connecting-keychain-fails = The key is good, but it could not be kept: { $reason }. You can use it for this run; it is then gone when Handset quits.
connecting-address-not-valid = The address of Apollo is not valid.

## The key that is kept, when Handset goes to another address

# $reason is a clause of the file "keychain".
connecting-not-read = The key for Apollo cannot be read: { $reason }. Nothing was changed.
connecting-not-read-next = Unlock the keychain, then try again.

## Forget key

# $origin is Apollo's address.
connecting-forgotten = The key is gone. The keychain was read again and holds no key for { $origin }.
# Follows connecting-forgotten. "Here" is this computer.
connecting-forgotten-unsent =
    { $count ->
        [one] { $count } unsent call waits here and goes once a key is connected again.
       *[other] { $count } unsent calls wait here and go once a key is connected again.
    }
# $reason is a clause of the file "keychain".
connecting-not-removed = The key could not be removed: { $reason }.
connecting-not-removed-next = Unlock the keychain and try again, or remove the entry there by hand.
connecting-sandbox-key = The sample data has no key to forget. Leave the sample data first.
