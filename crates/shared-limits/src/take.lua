-- Counts one request in a fixed window if the window has room for it. The key's time to live is what is left
-- of the window, so that a window that nobody asks for any more goes by itself.
--
-- KEYS[1]: the window. ARGV[1]: how many requests it has. ARGV[2]: how long it lasts, in milliseconds.
-- What the server that asks knows of its window, if that is open: ARGV[3]: how many requests it has let in;
-- ARGV[4]: those among them that were not counted here; ARGV[5]: what is left of it, in milliseconds, or 0.
-- Answers whether the request was counted, how many are, what is left of the window, and the time, both in
-- milliseconds.
local limit, length = tonumber(ARGV[1]), tonumber(ARGV[2])
local known, alone, rest = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
-- What stands there and is no count was written by somebody who has no business here, and gives way. What is
-- no text at all answers with an error; any other error is the answer to whoever asks.
local held = redis.pcall('GET', KEYS[1])
if type(held) == 'table' and not string.find(held.err, '^WRONGTYPE') then
  return held
end
local used
if held == '0' or type(held) == 'string' and string.match(held, '^[1-9]%d*$') then
  used = tonumber(held)
end
-- As PTTL answers of what is not there.
local left = -2
if used and used < 4294967296 then
  left = redis.call('PTTL', KEYS[1])
end
if left == -2 or left == 0 then
  -- A window that is open for a server was forgotten here, written over, or never known, and goes on.
  used, left = known, length
  if rest > 0 then
    left = math.min(rest, length)
  end
  redis.call('SET', KEYS[1], used, 'PX', left)
else
  local more = math.min(alone, limit - used)
  if more > 0 then
    used = redis.call('INCRBY', KEYS[1], more)
  end
end
-- Only a clock that was set back leaves more than a window, and only somebody else takes its end away.
if left < 0 or left > length then
  left = length
  redis.call('PEXPIRE', KEYS[1], length)
end
local admitted = 0
if used < limit and known < limit then
  admitted, used = 1, redis.call('INCR', KEYS[1])
end
return { admitted, used, left, now }
