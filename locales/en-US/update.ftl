# A newer version of Handset: found, downloaded, installed.

## How it stands. $version is "0.2.0".

update-idle = Handset has not checked for updates yet.
update-current = Handset is up to date.
update-checking = Checking for updates…
update-downloading = Downloading Handset { $version }…
update-ready = Handset { $version } is ready to be installed.
update-ready-next = Its signature was checked. Handset restarts, and opens where you are now.
update-installing = Installing Handset { $version }…
update-installed = Handset { $version } is installed.
update-installed-next = Handset uses it after a restart.

## Why this Handset does not check for updates

update-off-by-policy = Whoever looks after this computer has turned off updates in Handset, and installs new versions another way.
update-off-not-installed = This Handset was started without an installer, so it does not update itself.
update-off-no-key = This Handset was built without a key for updates, so it does not update itself.
# $place is a path, $reason is a clause without a full stop.
update-off-bad-policy = The policy of this computer cannot be used, so Handset does not update itself: { $reason } ({ $place }).

## Why it waits

update-not-now = The update waits.
update-waits-for-call = A call is going on. Install the update once the call is saved.
update-waits-for-save = A call is not saved yet. Install the update once it is saved.
update-waits-for-sending = Something you saved is being sent, or can still be undone. Install the update in a moment.
update-none-ready = No update is ready to be installed.
# What a person reads who dials meanwhile.
update-stops-dialing = Handset is being updated, so nobody was dialed.
update-stops-dialing-next = You can dial again when Handset has restarted, or when the installer is done.

## What went wrong. This Handset stays as it was.

update-unreachable = The server of Handset’s updates cannot be reached.
update-interrupted = The update was not downloaded to its end. Nothing was changed.
update-later-next = Handset tries again by itself.
update-not-a-list = The server of Handset’s updates did not answer with a list of releases. Nothing was changed.
update-not-for-this-computer = The newest release has no installer for this computer. Nothing was changed.
update-too-large = What the server offers is larger than any installer of Handset. It was thrown away, and nothing was changed.
update-not-signed = What the server offers is not signed by the makers of Handset for this version. It was thrown away, and nothing was changed.
update-tell-it-next = Go on working. If it stays, tell whoever looks after this computer.
update-not-allowed = Nobody allowed the installer to change this computer. Nothing was changed.
# $reason is the installer's own text.
update-refused = The installer did not install the update: { $reason }. Go on with the Handset that is open.
update-install-again-next = Install it again, or ask whoever looks after this computer to do it.

## The window

# Button in the title bar, and the title of what it opens.
update-open-button = Update ready
update-open-installed-button = Restart to update
update-title = Update of Handset
update-install-button = Install and restart
update-restart-button = Restart now
update-later-button = Later
update-check-button = Check now
update-version-name = This version
update-privacy = To check, Handset asks one server for a list of releases. It sends nothing about you or Apollo.
