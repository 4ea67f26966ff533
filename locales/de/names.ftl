# What people, queues and sequences are called where Apollo gives no name.

names-no-person = Kein Name in Apollo
names-all-call-tasks = Alle meine Anrufaufgaben
names-without-sequence = Aufgaben ohne Sequenz
names-no-sequence = Sequenz
