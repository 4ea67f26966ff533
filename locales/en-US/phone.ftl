# Kinds of numbers, and what is known of them: beside a number on the card.

phone-company = company
phone-mobile = mobile
phone-home = home
phone-work-head-office = work, head office
phone-work-direct = work, direct
phone-other = other
phone-valid = valid
phone-high-risk = high risk
phone-country-off = Apollo's dialer does not call this country
