# What is asked when the times of a call cannot be right.

call-time-too-long = Dieser Anruf dauerte { $hours } h { $minutes } min. Wann war er zu Ende?
call-time-ends-before-start = Während dieses Anrufs wurde die Uhr zurückgestellt, daher ist seine Dauer nicht bekannt. Wann war er zu Ende?
