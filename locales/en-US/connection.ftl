# The banner: whether Apollo can be reached. Its sentences stand one after the other.

# { $since }: "14:05", "yesterday 17:30"
connection-trouble =
    { $reason ->
        [apollo_down] Apollo is not answering properly since { $since }. You can go on calling.
        [in_between] Something between this computer and Apollo, such as a firewall, refuses what Handset sends since { $since }. You can go on calling.
       *[offline] Apollo cannot be reached since { $since }. You can go on calling.
    }
connection-limit = Apollo's limit is reached.
connection-key-refused = Apollo no longer accepts the key since { $since }. Connect a new one.
# { $reason } is a clause: "the disk is full".
connection-disk-refuses =
    { $unsent ->
        [one] Calls cannot be sent: { $reason }. { $unsent } call is kept here. As soon as Handset can write to its folder again, they go by themselves.
       *[other] Calls cannot be sent: { $reason }. { $unsent } calls are kept here. As soon as Handset can write to its folder again, they go by themselves.
    }

## What is safe, and what comes next
connection-nothing-waits = Nothing is waiting to be sent.
connection-nothing-lost = Nothing is lost.
connection-saved-here =
    { $unsent ->
        [one] { $unsent } call is kept here and goes by itself.
       *[other] { $unsent } calls are kept here and go by themselves.
    }
connection-next-try = Next try: { $when }.
connection-next-request = It allows the next request from { $when }.
