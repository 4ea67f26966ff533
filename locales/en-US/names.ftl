# What people, queues and sequences are called where Apollo gives no name.

# Stands where a person's name would stand, also at the beginning of a sentence.
names-no-person = No name in Apollo
names-all-call-tasks = All my call tasks
names-without-sequence = Tasks without a sequence
names-no-sequence = Sequence
