# What an error of Apollo's says to a person, and what to do about it.

## What to do while a key is checked, where several errors share it
apollo-next-check-again = Check again; if it stays, ask your Apollo admin.
apollo-next-check-network = Check the network, then check again.
apollo-next-wait = Wait a few minutes and check again. Apollo's state is on status.apollo.io.

## One case each: what happened, and what to do next
apollo-key-missing = No key arrived at Apollo.
apollo-key-missing-next = Paste the key again.
apollo-key-rejected = Apollo does not know this key. It is mistyped, or it was revoked.
apollo-key-rejected-next = Copy the key again in Apollo, or make a new one.
apollo-scoped-out = The key may not do this: it is not a master key.
apollo-scoped-out-next = In Apollo, make a new key with *Set as master key* on and no single APIs selected.
apollo-plan-gated = The team's Apollo plan does not include this, or no longer does.
apollo-plan-gated-next = Ask your Apollo admin about a paid plan with API access.
apollo-not-allowed = Apollo does not allow this to the user of the key.
apollo-functions-off = Task functions are turned off in Apollo for the user of the key.
apollo-functions-off-next = Ask your Apollo admin to turn them on, then check again.
apollo-gone = Apollo no longer has this record.
apollo-already-done = This task is already completed or skipped in Apollo.
apollo-invalid = Apollo does not accept this.
apollo-limited = Apollo's limit is reached.
apollo-limited-next = Check again then.
apollo-budget-spent = The team has used up what Apollo allows for now.
apollo-budget-spent-next = Check again then.
apollo-busy = Apollo is busy and asks to wait a moment.
apollo-busy-next = Wait a moment, then check again.
apollo-not-from-apollo = Something between this computer and Apollo, such as a firewall, answered in its place.
apollo-not-from-apollo-next = This says nothing about the key. Try another network, or ask IT to let this computer reach Apollo's host, then check again.
apollo-unrecognized = Apollo refused this for a reason that Handset does not know.
apollo-stumbled = Apollo failed to answer the request.
apollo-upstream-down = Apollo is not answering properly.
apollo-upstream-page = Apollo answered with an error page instead of data.
apollo-captive-portal = This network answered with a web page instead of Apollo. It may want you to sign in.
apollo-captive-portal-next = Open a browser, sign in to the network, then check again.
apollo-proxy-refused = The network's proxy refused the connection to Apollo.
apollo-proxy-refused-next = Ask IT to let this computer reach Apollo's host through the proxy.
apollo-name-not-found = Apollo's host could not be found. This computer may be offline.
apollo-connection-refused = Nothing answered at Apollo's address.
apollo-connection-refused-next = Check the network and the address in Settings, Connection.
apollo-connection-reset = The connection to Apollo broke.
apollo-timed-out = Apollo did not answer in time.
apollo-tls-clock = The secure connection failed: by this computer's clock, the certificate is not valid.
apollo-tls-clock-next = Check the computer's date and time first, then check again.
apollo-tls-unknown-authority = The secure connection failed: this computer does not trust who signed the certificate.
apollo-tls-unknown-authority-next = If your company inspects traffic, ask IT to install its certificate on this computer.
apollo-tls-wrong-host = The secure connection failed: the certificate is for another host.
apollo-tls-wrong-host-next = Check the address in Settings, Connection, or ask IT whether traffic is redirected.
apollo-tls-no-common-version = The secure connection failed: the other side knows no TLS 1.2 or 1.3.
apollo-tls-no-common-version-next = Ask IT about the proxy or firewall on the way: Apollo itself knows both.
apollo-tls-client-certificate-wanted = The secure connection failed: the other side wants a certificate of this computer's.
apollo-tls-client-certificate-wanted-next = Handset cannot send one. Ask IT to let this computer reach Apollo without it.
apollo-tls-other = No secure connection to Apollo could be made.
apollo-tls-other-next = Check the network, or ask IT whether traffic is inspected.
apollo-network-other = The network failed.
apollo-undecodable = Something answered, but not as Apollo does.
apollo-undecodable-next = Check the address in Settings, Connection, then check again.
apollo-not-sent-in-time = The request waited too long and was not sent.
apollo-setup = The connection to Apollo could not be set up.
apollo-setup-next = Check the address in Settings, Connection, then check again.

## The same with particulars. { $detail } is what Apollo said.
apollo-not-allowed-detail = Apollo does not allow this to the user of the key: { $detail }
apollo-invalid-detail = Apollo does not accept this: { $detail }
apollo-setup-address-scheme = The connection to Apollo could not be set up: the address must begin with https://.
apollo-setup-address-not-secure = The connection to Apollo could not be set up: the address must begin with https://, so that nobody can read the key.
apollo-setup-address-not-origin = The connection to Apollo could not be set up: the address must be an origin only, such as https://api.apollo.io.
apollo-setup-key = The connection to Apollo could not be set up: the key has characters that cannot be sent.
apollo-setup-request = A request to Apollo could not be put together. Nothing was sent.
apollo-setup-proxy-scheme = The connection to Apollo could not be set up: the address of the proxy must begin with http:// or https://.
apollo-setup-proxy-address = The connection to Apollo could not be set up: the address of the proxy is not valid.
apollo-setup-certificate-file-too-long = The connection to Apollo could not be set up: the certificate file is too long to be one.
apollo-setup-certificate-file-not-pem = The connection to Apollo could not be set up: the certificate file holds no certificate in PEM form, which is text that begins with -----BEGIN CERTIFICATE-----.
apollo-setup-certificate-unreadable = The connection to Apollo could not be set up: the certificate file holds a certificate that cannot be read.
apollo-setup-no-authorities = Handset cannot connect to Apollo safely: this computer has no list of certificate authorities. Nothing was sent.
apollo-setup-no-authorities-next = Ask your IT to install it (on Debian and Fedora the package ca-certificates), then start Handset again.
apollo-setup-tls = The connection to Apollo could not be set up: secure connections could not be prepared on this computer.
apollo-not-from-apollo-status = Something between this computer and Apollo, such as a firewall, answered in its place (status { $status }).
apollo-unrecognized-status = Apollo refused this for a reason that Handset does not know (status { $status }).
# { $when }: "14:05", "tomorrow 08:00"
apollo-free-again = It is free again from { $when }.
