# What is asked of Apollo about a pasted key, and what became of the key.

## The four questions, one after another

connecting-question-known = Kennt Apollo den Schlüssel?
connecting-question-workspace = Zu wessen Workspace gehört er?
connecting-question-master = Ist er ein Master-Schlüssel?
connecting-question-limits = Welche Limits gelten?

## The pasted text cannot be a key; nothing was sent

connecting-key-empty = Das Feld enthält keinen Schlüssel. Kopieren Sie den Schlüssel in Apollo und fügen Sie ihn hier ein.
connecting-key-space-inside = Ein Schlüssel enthält keine Leerzeichen oder Zeilenumbrüche. Kopieren Sie nur den Schlüssel und fügen Sie ihn erneut ein.
connecting-key-control-character = Der eingefügte Text enthält unsichtbare Zeichen. Kopieren Sie den Schlüssel in Apollo erneut.
connecting-key-not-plain = Ein Schlüssel enthält nur einfache Buchstaben, Ziffern und Zeichen. Kopieren Sie den Schlüssel in Apollo erneut.
connecting-key-too-short = Das ist zu kurz für einen Schlüssel. Kopieren Sie in Apollo den ganzen Schlüssel.
connecting-key-too-long = Das ist zu lang für einen Schlüssel. Kopieren Sie nur den Schlüssel und fügen Sie ihn erneut ein.
connecting-paste-again = Fügen Sie den Schlüssel erneut ein.

## Answers to the four questions

connecting-known = Ja.
connecting-revoked = Apollo kennt diesen Schlüssel nicht mehr. Er hat schon einmal funktioniert, wurde also widerrufen.
connecting-revoked-next = Erstellen Sie in Apollo einen neuen Schlüssel und fügen Sie ihn hier ein.
connecting-clock-behind =
    { $minutes ->
        [one] Ja, aber die Uhr dieses Computers geht { $minutes } Minute nach. Handset würde Anrufe mit falschen Zeiten protokollieren.
       *[other] Ja, aber die Uhr dieses Computers geht { $minutes } Minuten nach. Handset würde Anrufe mit falschen Zeiten protokollieren.
    }
connecting-clock-ahead =
    { $minutes ->
        [one] Ja, aber die Uhr dieses Computers geht { $minutes } Minute vor. Handset würde Anrufe mit falschen Zeiten protokollieren.
       *[other] Ja, aber die Uhr dieses Computers geht { $minutes } Minuten vor. Handset würde Anrufe mit falschen Zeiten protokollieren.
    }
connecting-clock-next = Stellen Sie die Uhr (in den Einstellungen dieses Computers auf automatische Uhrzeit), dann prüfen Sie erneut.
connecting-acts-as = Er handelt als { $name }. Handset protokolliert Ihre Anrufe trotzdem unter Ihrem Namen: Wer Sie sind, geben Sie im nächsten Schritt an.
connecting-is-master = Ja. Er darf Anrufe protokollieren.
connecting-limits =
    { $left ->
        [one] Das ganze Team darf pro Stunde { $hour } und pro Tag { $day } Anrufe protokollieren; in dieser Stunde ist noch { $left } übrig.
       *[other] Das ganze Team darf pro Stunde { $hour } und pro Tag { $day } Anrufe protokollieren; in dieser Stunde sind noch { $left } übrig.
    }
connecting-limit-of-hour =
    { $left ->
        [one] Das ganze Team darf pro Stunde { $hour } und pro Tag beliebig viele Anrufe protokollieren; in dieser Stunde ist noch { $left } übrig.
       *[other] Das ganze Team darf pro Stunde { $hour } und pro Tag beliebig viele Anrufe protokollieren; in dieser Stunde sind noch { $left } übrig.
    }
connecting-limit-of-day = Das ganze Team darf pro Stunde beliebig viele und pro Tag { $day } Anrufe protokollieren.
connecting-no-limit = Apollo hat für das Protokollieren von Anrufen kein Limit genannt.
connecting-limits-not-read = Apollo hat sie nicht genannt. Handset erfährt sie aus den Antworten von Apollo.
connecting-refused-endpoint = Apollo hat den Zugriff auf { $endpoint } verweigert.

## Where the key is now

connecting-not-kept = Der Schlüssel wurde nicht gespeichert.
connecting-in-keychain = Der Schlüssel ist im Schlüsselbund dieses Computers.
connecting-this-run = Handset verwendet den Schlüssel, bis Sie Handset beenden. Auf diesem Computer ist er nicht gespeichert.
connecting-no-keychain = Der Schlüssel ist gültig, aber dieser Computer hat keinen Schlüsselbund, in dem Handset ihn speichern kann. Sie können ihn für diese Sitzung verwenden; er ist weg, sobald Sie Handset beenden.
connecting-keychain-fails = Der Schlüssel ist gültig, konnte aber nicht gespeichert werden: { $reason }. Sie können ihn für diese Sitzung verwenden; er ist weg, sobald Sie Handset beenden.
connecting-address-not-valid = Die Adresse von Apollo ist ungültig.

## The key that is kept, when Handset goes to another address

connecting-not-read = Der Schlüssel für Apollo kann nicht gelesen werden: { $reason }. Handset hat nichts geändert.
connecting-not-read-next = Entsperren Sie den Schlüsselbund, dann versuchen Sie es erneut.

## Forget key

connecting-forgotten = Der Schlüssel ist entfernt. Handset hat den Schlüsselbund noch einmal gelesen: Er enthält keinen Schlüssel für { $origin }.
connecting-forgotten-unsent =
    { $count ->
        [one] { $count } nicht gesendeter Anruf wartet hier. Handset sendet ihn, sobald es wieder mit einem Schlüssel verbunden ist.
       *[other] { $count } nicht gesendete Anrufe warten hier. Handset sendet sie, sobald es wieder mit einem Schlüssel verbunden ist.
    }
connecting-not-removed = Der Schlüssel konnte nicht entfernt werden: { $reason }.
connecting-not-removed-next = Entsperren Sie den Schlüsselbund und versuchen Sie es erneut, oder entfernen Sie den Eintrag dort von Hand.
connecting-sandbox-key = Die Beispieldaten haben keinen Schlüssel, den Handset vergessen kann. Verlassen Sie zuerst die Beispieldaten.
