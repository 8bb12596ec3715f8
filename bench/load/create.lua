-- POSTs a new item with a name of its own each time. Arguments: cookie, CSRF token.
local n = 0

function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Cookie"] = args[1]
  wrk.headers["X-CSRFToken"] = args[2]
end

function request()
  n = n + 1
  return wrk.format(nil, nil, nil, '{"name":"Bolt number ' .. n .. '","amount":5}')
end
