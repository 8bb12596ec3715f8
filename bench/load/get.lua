-- GETs. Arguments: cookie, Accept, and an ETag and the encodings to ask with, if any.
function init(args)
  wrk.headers["Cookie"] = args[1]
  wrk.headers["Accept"] = args[2]
  if args[3] and args[3] ~= "" then wrk.headers["If-None-Match"] = args[3] end
  if args[4] then wrk.headers["Accept-Encoding"] = args[4] end
end
