# Kinds of numbers, and what is known of them: beside a number on the card.

phone-company = Firma
phone-mobile = mobil
phone-home = privat
phone-work-head-office = Büro, Zentrale
phone-work-direct = Büro, direkt
phone-other = sonstige
phone-valid = gültig
phone-high-risk = hohes Risiko
phone-country-off = Apollos Telefonfunktion wählt dieses Land nicht an
