# The first screen.

welcome-title = Handset
welcome-lead = See who is next, call, note the outcome, and continue. Handset logs every call in Apollo once, under your name.

## What can be begun with

welcome-connect-title = Use your team’s Apollo
welcome-connect-help = You need a master key of the workspace. Making one takes an admin a minute; the steps are on the next screen.
welcome-connect-button = Connect to Apollo
welcome-sample-title = Look around first
welcome-sample-help = You work with a made-up team and made-up prospects, on this computer only. You need no account, and nobody is really called.
welcome-sample-button = Explore with sample data

## Foot

welcome-stored = Stored on this computer: the key in the system’s keychain, who you are in Apollo, your settings, ids of the calls you logged, and calls Apollo has not taken yet, encrypted. Contacts, accounts and tasks stay in Apollo.
welcome-version = Version { $version }
