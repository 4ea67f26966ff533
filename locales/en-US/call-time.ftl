# What is asked when the times of a call cannot be right.

call-time-too-long = This call ran { $hours } h { $minutes } min. When did it end?
call-time-ends-before-start = The clock was set back during this call, so its length is not known. When did it end?
