-- GETs. Arguments: cookie, Accept, and an ETag to ask with, if any.
function init(args)
  wrk.headers["Cookie"] = args[1]
  wrk.headers["Accept"] = args[2]
  if args[3] then wrk.headers["If-None-Match"] = args[3] end
end
