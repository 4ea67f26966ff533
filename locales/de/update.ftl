# A newer version of Handset: found, downloaded, installed.

## How it stands. $version is "0.2.0".

update-idle = Handset hat noch nicht nach Updates gesucht.
update-current = Handset ist auf dem neuesten Stand.
update-checking = Handset sucht nach Updates…
update-downloading = Handset { $version } wird heruntergeladen…
update-ready = Handset { $version } kann installiert werden.
update-ready-next = Die Signatur ist geprüft. Handset startet neu und öffnet sich dort, wo Sie gerade sind.
update-installing = Handset { $version } wird installiert…
update-installed = Handset { $version } ist installiert.
update-installed-next = Handset verwendet die neue Version nach einem Neustart.

## Why this Handset does not check for updates

update-off-by-policy = Wer diesen Computer betreut, hat Updates in Handset abgeschaltet und installiert neue Versionen auf anderem Weg.
update-off-not-installed = Dieses Handset wurde ohne Installationsprogramm gestartet und aktualisiert sich daher nicht selbst.
update-off-no-key = Dieses Handset wurde ohne Schlüssel für Updates gebaut und aktualisiert sich daher nicht selbst.
update-off-bad-policy = Die Richtlinie dieses Computers ist nicht verwendbar, daher aktualisiert sich Handset nicht selbst: { $reason } ({ $place }).

## Why it waits

update-not-now = Das Update wartet.
update-waits-for-call = Ein Anruf läuft. Installieren Sie das Update, sobald der Anruf gespeichert ist.
update-waits-for-save = Ein Anruf ist noch nicht gespeichert. Installieren Sie das Update, sobald er gespeichert ist.
update-waits-for-sending = Ein gespeicherter Eintrag wird gerade gesendet oder lässt sich noch rückgängig machen. Installieren Sie das Update gleich danach.
update-none-ready = Es ist kein Update bereit.
update-stops-dialing = Handset wird gerade aktualisiert, daher wurde niemand angerufen.
update-stops-dialing-next = Sie können wieder anrufen, sobald Handset neu gestartet ist oder die Installation beendet ist.

## What went wrong. This Handset stays as it was.

update-unreachable = Der Server für die Updates von Handset ist nicht erreichbar.
update-interrupted = Das Update wurde nicht vollständig heruntergeladen. Es wurde nichts geändert.
update-later-next = Handset versucht es automatisch erneut.
update-not-a-list = Der Server für die Updates von Handset hat nicht mit einer Liste von Versionen geantwortet. Es wurde nichts geändert.
update-not-for-this-computer = Die neueste Version hat kein Installationsprogramm für diesen Computer. Es wurde nichts geändert.
update-too-large = Das Angebot des Servers ist größer als jedes Installationsprogramm von Handset. Es wurde verworfen, und es wurde nichts geändert.
update-not-signed = Das Angebot des Servers ist nicht von den Herstellern von Handset für diese Version signiert. Es wurde verworfen, und es wurde nichts geändert.
update-tell-it-next = Arbeiten Sie weiter. Wenn es so bleibt, sagen Sie es der Person, die diesen Computer betreut.
update-not-allowed = Niemand hat der Installation erlaubt, diesen Computer zu ändern. Es wurde nichts geändert.
update-refused = Das Update wurde nicht installiert: { $reason }. Arbeiten Sie mit dem geöffneten Handset weiter.
update-install-again-next = Installieren Sie es noch einmal, oder bitten Sie die Person darum, die diesen Computer betreut.

## The window

update-open-button = Update bereit
update-open-installed-button = Neustart für das Update
update-title = Update von Handset
update-install-button = Installieren und neu starten
update-restart-button = Jetzt neu starten
update-later-button = Später
update-check-button = Jetzt suchen
update-version-name = Diese Version
update-privacy = Dafür fragt Handset einen Server nach einer Liste der Versionen. Über Sie oder Apollo wird nichts gesendet.
