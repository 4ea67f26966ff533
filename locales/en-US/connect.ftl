# The screen that takes the master key of Apollo.

connect-title = Connect to Apollo
connect-key-label = Master key
# $origin is Apollo's address.
connect-key-help = The key goes to { $origin } and to this computer’s keychain, nowhere else. Handset does not show it again.
connect-check-key-button = Check key
# Where there is no keychain: the key is kept in memory until Handset quits.
connect-this-run-button = Use for this run only
connect-back-button = Back

## How to make a key. What stands between asterisks are names on Apollo's screens, as Apollo writes them.

connect-steps-title = How to make a master key
connect-step-integrations = In Apollo, open *Settings*, then *Integrations*.
connect-step-api = Find *API* and choose *Connect*.
connect-step-new-key = Open *API Keys* and choose *Create new key*.
connect-step-master = Name it “Handset” and turn on *Set as master key*. Select no single APIs: only a master key may log calls.
connect-step-paste = Copy the key and paste it here.
connect-steps-help = You need an admin’s account in Apollo, on a plan with API access.

## What is asked of Apollo about the key, one question after another

connect-checks-title = Checks
# The state of one check.
connect-check-waiting = Waits
connect-check-running = Checking
connect-check-passed = Passed
connect-check-failed = Failed
connect-check-skipped = Not checked
