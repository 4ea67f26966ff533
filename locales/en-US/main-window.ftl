# The frame of the main window: title bar, rail, banners, and the question before Handset quits.

main-window-opening = Opening Handset…

## The title bar

# The app's own name. It is the same in every language.
main-window-app = Handset
main-window-sample-data = Sample data
main-window-leave-sample-data-button = Leave sample data
# $name is the name of the rep whose calls are logged.
main-window-logging-as = Logging as { $name }
main-window-key-for-this-run = Key kept for this run only
main-window-unsent-calls =
    { $unsent ->
        [0] No unsent calls
        [one] { $unsent } unsent call
       *[other] { $unsent } unsent calls
    }
# $blocked is how many of the unsent calls wait for a decision of the rep.
main-window-unsent-calls-blocked =
    { $unsent ->
        [one] { $unsent } unsent call, { $blocked } for you to decide
       *[other] { $unsent } unsent calls, { $blocked } for you to decide
    }
# Calls that wait where nobody looks now. $shown says what is looked at: "sandbox" (sample data) or
# "apollo".
main-window-unsent-elsewhere =
    { $shown ->
        [sandbox]
            { $count ->
                [one] { $count } of your calls waits until you leave the sample data
               *[other] { $count } of your calls wait until you leave the sample data
            }
       *[apollo]
            { $count ->
                [one] { $count } of your calls waits for another Apollo address
               *[other] { $count } of your calls wait for another Apollo address
            }
    }
# Names and hints of buttons that show an icon only.
main-window-search-commands-button = Search commands
main-window-keys-button = Keyboard shortcuts

## The rail: the name of it for screen readers, and the screens

main-window-rail = Main
main-window-today = Today
main-window-queue = Queue
main-window-calls = Calls
main-window-settings = Settings

## Banners and notices

# Names of regions, for screen readers.
main-window-connection = Connection
main-window-notices = Notices
main-window-connect-again-button = Connect again
# The name of a button that shows a cross only. $id tells notices apart: "7".
main-window-dismiss-notice-button = Dismiss notice { $id }

## What could not be drawn, at the beginning of a sentence: see components-part-failed

main-window-title-bar-part = The title bar
main-window-notices-part = The notices
main-window-screen-part = This screen
main-window-banner-part = The banner
main-window-undo-part = Undo

## Calls that wait for Apollo

# Another sentence follows: main-window-quit-safe, main-window-waiting-safe, or one of the settings.
main-window-unsent =
    { $count ->
        [one] { $count } call is unsent.
       *[other] { $count } calls are unsent.
    }
# The name of a region on the first screens, for screen readers.
main-window-waiting = Unsent calls
# Follows main-window-unsent. $count is how many calls are unsent.
main-window-waiting-safe =
    { $count ->
        [one] It stays saved on this computer, and is logged as the rep who made it.
       *[other] They stay saved on this computer, and each is logged as the rep who made it.
    }

## The question before Handset quits

main-window-quit-title = Quit Handset?
# Follows main-window-unsent. $count is how many calls are unsent.
main-window-quit-safe =
    { $count ->
        [one] It is saved on this computer and goes by itself the next time Handset runs.
       *[other] They are saved on this computer and go by themselves the next time Handset runs.
    }
main-window-stay-button = Stay
main-window-quit-button = Quit
