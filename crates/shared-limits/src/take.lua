-- Counts one request in a fixed window if the window has room for it. The key's time to live is what is left
-- of the window, so that a window that nobody asks for any more goes by itself.
--
-- KEYS[1]: the window. ARGV[1]: how many requests it has. ARGV[2]: how long it lasts, in milliseconds.
-- Answers whether the request was counted, how many are, what is left of the window, and the time, both in
-- milliseconds.
local limit, length = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local left = redis.call('PTTL', KEYS[1])
local used
if left == -2 or left == 0 then
  used, left = 0, length
  redis.call('SET', KEYS[1], 0, 'PX', length)
else
  used = tonumber(redis.call('GET', KEYS[1]))
end
-- Only a clock that was set back leaves more than a window, and only somebody else takes its end away.
if left < 0 or left > length then
  left = length
  redis.call('PEXPIRE', KEYS[1], length)
end
local admitted = 0
if used < limit then
  admitted, used = 1, redis.call('INCR', KEYS[1])
end
return { admitted, used, left, now }
