# The day's numbers, in the head of Today.

today-none = Heute noch keine Anrufe protokolliert
today-none-unsent = Heute noch keine Anrufe protokolliert, { $unsent } noch nicht gesendet
today-logged =
    { $logged ->
        [one] Heute { $logged } Anruf protokolliert
       *[other] Heute { $logged } Anrufe protokolliert
    }
today-logged-unsent =
    { $logged ->
        [one] Heute { $logged } Anruf protokolliert, { $unsent } noch nicht gesendet
       *[other] Heute { $logged } Anrufe protokolliert, { $unsent } noch nicht gesendet
    }
