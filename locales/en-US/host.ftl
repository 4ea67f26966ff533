# What the computer was asked to do, and why it did not.

## The settings window

# Title of the window.
host-settings-title = Handset settings

## What was asked for. $reason is a clause of this file, or the system's own text.

host-dial-refused = The phone app did not take the number: { $reason }.
# "tel:" is how a link of a phone number begins; "Settings, Dialing" is a page of Handset's settings.
host-dial-refused-next = The number is on the clipboard. Choose the phone app for tel: links in the system settings, or another one in Settings, Dialing.
# After "Test dial": no number is on the clipboard then.
host-dial-test-refused-next = Choose the phone app for tel: links in the system settings.
host-page-not-opened = The page could not be opened: { $reason }.
host-settings-not-opened = The settings could not be opened: { $reason }.
host-folder-not-opened = The folder could not be opened: { $reason }.
host-not-quit = Handset could not quit: { $reason }.
host-not-restarted = Handset could not restart: { $reason }.

## Why: clauses after a colon, without a full stop

# $scheme is how a link begins, such as "tel".
host-no-phone-app = no phone app of this computer takes { $scheme }: links
host-link-too-long = the address for the phone app is too long
host-link-scheme = the address for the phone app has no scheme that Handset hands over
host-link-character = the address for the phone app holds a character that does not belong there
host-link-number = the address for the phone app does not hold a phone number as it should
host-not-a-page = only a plain https page with a public name can be opened
host-no-folder = the folder is not there
