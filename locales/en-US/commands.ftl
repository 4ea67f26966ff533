# What the core answers to a window, where no other file has the subject.

## Before there is a key, or somebody whose calls they are

commands-not-connected = Handset is not connected to Apollo. Connect with a master key first.
commands-nobody-chosen = Nobody was chosen to log calls as. Choose who you are first.

## The queue

commands-too-many-rows = At most { $max } rows are read at once.
commands-queue-closed = This queue is no longer open.
commands-queue-closed-next = Open it again from Today. What you typed is kept.

## The list of the day's calls, as a file

commands-list-not-made = The list could not be written down.
# $reason is the system's own text.
commands-list-not-written = The list could not be written: { $reason }.
commands-list-not-written-next = Nothing was changed. Free some space or make the folder writable, then try again.

## Dialing

commands-no-test-number = There is no number to try.

## Who the rep is

commands-key-owner-unknown = Apollo has not said yet whose key this is, so nobody can be chosen.
commands-key-owner-unknown-next = Handset goes on asking. Try again in a moment.
commands-person-gone = This person is not in the list any more.
commands-person-deactivated = This person is deactivated in Apollo. Calls cannot be logged as them.
# Why somebody is suggested: stands beside the name.
commands-suggested-typed = The email you typed
commands-suggested-account = Same email as this computer's account

## What is stored on this computer: one line each

commands-stored-calls =
    { $count ->
        [one] { $count } call not yet in Apollo, sealed.
       *[other] { $count } calls not yet in Apollo, sealed.
    }
commands-stored-notes =
    { $count ->
        [one] { $count } note begun, sealed.
       *[other] { $count } notes begun, sealed.
    }
commands-stored-receipts =
    { $count ->
        [one] { $count } receipt of finished calls: ids, times and outcomes, no content.
       *[other] { $count } receipts of finished calls: ids, times and outcomes, no content.
    }
commands-stored-people =
    { $count ->
        [one] { $count } person to log calls as: id, name and email.
       *[other] { $count } people to log calls as: id, name and email.
    }
commands-stored-outcomes =
    { $count ->
        [one] { $count } outcome that calls can have, as Apollo or you named them: ids and names.
       *[other] { $count } outcomes that calls can have, as Apollo or you named them: ids and names.
    }
commands-stored-nothing-else = Contacts, accounts, tasks and sequences are in memory only.

## What should not happen

# $command and $path are names of the code.
commands-not-as-expected = { $command }: { $path } is not as expected
commands-broken = Something in Handset went wrong. What was saved is kept.
commands-broken-next = Try again. If it stays, restart Handset and send the logs (Settings, About).
