-- What wrk sends: requests of one kind, each of a random user for one of their jobs.
-- Arguments: the kind, the targets (lines of: user, job, access token), the body of a new job.

local make = {
    get = function(job) return "GET", "/v1/coach/jobs/" .. job end,
    list = function() return "GET", "/v1/coach/jobs?limit=20" end,
    active = function() return "GET", "/v1/coach/jobs/active" end,
    post = function(_, body) return "POST", "/v1/coach/jobs", body end,
    recommend = function() return "POST", "/v1/migratio/recommendations", "{}" end,
}

local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("seed", os.time() + threads)
end

-- Requests are written down beforehand, so that sending one is a table look-up.
local requests = {}

function init(args)
    math.randomseed(seed)
    local file = assert(io.open(args[3]))
    local body = file:read("*a")
    file:close()
    for line in io.lines(args[2]) do
        local job, token = line:match("^%S+ (%S+) (%S+)$")
        local method, path, content = make[args[1]](job, body)
        local headers = { ["Authorization"] = "Bearer " .. token }
        if content then headers["Content-Type"] = "application/json" end
        requests[#requests + 1] = wrk.format(method, path, headers, content)
    end
end

function request()
    return requests[math.random(#requests)]
end
