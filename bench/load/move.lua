-- Receives one of an item, again and again. Arguments: cookie, CSRF token.
function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Cookie"] = args[1]
  wrk.headers["X-CSRFToken"] = args[2]
  wrk.body = '{"delta":1}'
end
