# What a window says when the core does not answer as it should.

backend-not-as-expected = Handset's core did not answer as expected. Nothing you saved is lost.
backend-not-as-expected-hint = Try again. If it stays, restart Handset and send the logs (Settings, About).
