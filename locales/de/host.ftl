# What the computer was asked to do, and why it did not.

## The settings window

host-settings-title = Handset-Einstellungen

## What was asked for. $reason is a clause of this file, or the system's own text.

host-dial-refused = Die Telefon-App hat die Nummer nicht angenommen: { $reason }.
host-dial-refused-next = Die Nummer ist in der Zwischenablage. Wählen Sie in den Einstellungen dieses Computers die Telefon-App für tel:-Links aus, oder tragen Sie in den Einstellungen von Handset unter „Anwählen“ eine andere ein.
host-dial-test-refused-next = Wählen Sie in den Einstellungen dieses Computers die Telefon-App für tel:-Links aus.
host-page-not-opened = Die Seite konnte nicht geöffnet werden: { $reason }.
host-settings-not-opened = Die Einstellungen konnten nicht geöffnet werden: { $reason }.
host-folder-not-opened = Der Ordner konnte nicht geöffnet werden: { $reason }.
host-not-quit = Handset konnte nicht beendet werden: { $reason }.
host-not-restarted = Handset konnte nicht neu gestartet werden: { $reason }.

## Why: clauses after a colon, without a full stop

host-no-phone-app = keine Telefon-App dieses Computers nimmt { $scheme }:-Links an
host-link-too-long = der Link zur Telefon-App ist zu lang
host-link-scheme = der Link zur Telefon-App hat kein Schema, das Handset übergibt
host-link-character = der Link zur Telefon-App enthält ein Zeichen, das dort nicht hingehört
host-link-number = der Link zur Telefon-App enthält keine Telefonnummer in der erwarteten Form
host-not-a-page = Handset öffnet nur gewöhnliche https-Seiten mit einem öffentlichen Namen
host-no-folder = der Ordner ist nicht vorhanden
