# The screen that asks which Apollo user the rep is.

who-title = Wer sind Sie?
who-lead = Der Schlüssel handelt für den ganzen Workspace. Deshalb nennt Handset Sie bei jedem Anruf, den es protokolliert.
who-lead-as-admin = Der Schlüssel handelt für den ganzen Workspace (als { $admin }). Deshalb nennt Handset Sie bei jedem Anruf, den es protokolliert.
who-search-label = Personen suchen
who-search-placeholder = Ihre E-Mail oder Ihr Name
who-loading = Personen des Workspace werden gelesen…
who-list-name = Apollo-Benutzer
who-list-loading = Wird noch gelesen…
who-list-nobody = Niemand mit diesem Namen oder dieser E-Mail. Fragen Sie Ihren Admin, ob Sie zu diesem Workspace gehören.
who-deactivated = In Apollo deaktiviert
who-no-email = Keine E-Mail
who-chosen = Handset protokolliert Anrufe als { $name }.
who-choose = Wählen Sie sich selbst aus, um fortzufahren.
who-continue-button = Weiter
