# The screen that asks which Apollo user the rep is.

who-title = Who are you?
who-lead = The key acts for the whole workspace, so Handset names you on every call it logs.
# $admin is the name of the Apollo user whose key it is.
who-lead-as-admin = The key acts for the whole workspace (as { $admin }), so Handset names you on every call it logs.
who-search-label = Search people
who-search-placeholder = Your email or name
who-loading = Reading the people of the workspace…
who-list-name = Apollo users
who-list-loading = Still reading…
who-list-nobody = Nobody here has this name or email. Ask your admin whether you are in this workspace.
# A user of Apollo who cannot be chosen.
who-deactivated = Deactivated in Apollo
# Stands where a user's email and title would.
who-no-email = No email
# $name is whom the rep has chosen.
who-chosen = Apollo will log calls as { $name }.
who-choose = Choose yourself to continue.
who-continue-button = Continue
