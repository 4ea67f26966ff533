# The screen that takes the master key of Apollo.

connect-title = Mit Apollo verbinden
connect-key-label = Master-Schlüssel
connect-key-help = Handset gibt ihn nur an { $origin } und an den Schlüsselbund dieses Computers weiter und zeigt ihn nicht wieder an.
connect-check-key-button = Schlüssel prüfen
connect-this-run-button = Nur für diese Sitzung verwenden
connect-back-button = Zurück

## How to make a key. What stands between asterisks are names on Apollo's screens, as Apollo writes them.

connect-steps-title = So erstellen Sie einen Master-Schlüssel
connect-step-integrations = Öffnen Sie in Apollo *Settings*, dann *Integrations*.
connect-step-api = Suchen Sie *API* und wählen Sie *Connect*.
connect-step-new-key = Öffnen Sie *API Keys* und wählen Sie *Create new key*.
connect-step-master = Nennen Sie den Schlüssel „Handset“ und schalten Sie *Set as master key* ein. Wählen Sie keine einzelnen APIs aus: Nur ein Master-Schlüssel darf Anrufe protokollieren.
connect-step-paste = Kopieren Sie den Schlüssel und fügen Sie ihn hier ein.
connect-steps-help = Sie brauchen ein Admin-Konto in Apollo und einen Tarif mit API-Zugriff.

## What is asked of Apollo about the key, one question after another

connect-checks-title = Prüfungen
connect-check-waiting = Wartet
connect-check-running = Wird geprüft
connect-check-passed = Bestanden
connect-check-failed = Nicht bestanden
connect-check-skipped = Nicht gefragt
