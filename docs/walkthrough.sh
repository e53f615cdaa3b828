#!/usr/bin/env bash
# A first session with Trellis: from registration to a submitted application.
# Start the server in another terminal (cargo run -- dev), then: bash docs/walkthrough.sh
# Needs curl and jq. TRELLIS_URL names another server.
set -euo pipefail
URL=${TRELLIS_URL:-http://127.0.0.1:8080}
NAME=walker$RANDOM$RANDOM

say() { printf '\n# %s\n' "$*"; }
# call METHOD PATH [BODY]: sends JSON, shows the answer's first lines, keeps it in $ANSWER; stops on a failure.
call() {
    printf '%s %s\n' "$1" "$2"
    ANSWER=$(curl -sS --fail-with-body -X "$1" "$URL$2" ${TOKEN:+-H "Authorization: Bearer $TOKEN"} \
        -H 'Content-Type: application/json' ${3:+-d "$3"}) || { printf '%s\n' "$ANSWER" >&2; exit 1; }
    [ -z "$ANSWER" ] || jq . <<<"$ANSWER" | sed -n '1,12p'
}
get() { jq -er "$1" <<<"$ANSWER"; }

say 'Sign up, then sign in: an access token, good for ten minutes, and a refresh token.'
call POST /v1/auth/register "{\"email\":\"$NAME@example.com\",\"password\":\"correct horse battery\",\"firstName\":\"Wanda\",\"lastName\":\"Walker\"}"
call POST /v1/auth/login "{\"login\":\"$NAME@example.com\",\"password\":\"correct horse battery\"}"
TOKEN=$(get .accessToken)
call GET /v1/me

say 'Keep a profile. A PATCH keeps what it does not name.'
call PUT /v1/coach/profile '{"currentJobTitle":"Backend Engineer","country":"Portugal","yearsOfExperience":6,"preferences":{"desiredJobTitle":"Staff Engineer","desiredSalaryMin":80000,"desiredSalaryMax":110000,"desiredWorkMode":"REMOTE","desiredJobTypes":["FULL_TIME"],"willingToRelocate":false,"preferredLocations":["Lisbon"]}}'
call POST /v1/coach/profile/experiences '{"company":"Northwind","position":"Backend Engineer","startDate":"2021-04-01","isCurrent":true,"technologies":["Rust","PostgreSQL"]}'
call POST /v1/coach/profile/skills '{"name":"Rust","category":"Languages","level":"ADVANCED","yearsOfExperience":5}'
call PATCH /v1/coach/profile '{"city":"Lisbon"}'
get '.country == "Portugal" and .city == "Lisbon" and .skills[0].name == "Rust"' >/dev/null

say 'Add a résumé, and make it the primary one.'
call POST /v1/coach/resumes '{"title":"Backend, 2026","fileName":"wanda.pdf","fileSize":184320,"mimeType":"application/pdf"}'
RESUME=$(get .id)
call POST "/v1/coach/resumes/$RESUME/primary"
get .isPrimary >/dev/null

say 'Track a job. Repeated with the same Idempotency-Key, the request changes nothing.'
call POST /v1/coach/jobs '{"title":"Staff Engineer, Storage","company":"Tailwind Data","workMode":"REMOTE","jobType":"FULL_TIME","salaryMin":95000,"salaryMax":120000,"salaryCurrency":"EUR","tags":["rust","databases"]}'
JOB=$(get .id)
for _ in first again; do
    curl -sS -o /dev/null -w 'POST /v1/coach/jobs  %{http_code}\n' "$URL/v1/coach/jobs" \
        -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -H "Idempotency-Key: $NAME" \
        -d '{"title":"Platform Engineer","company":"Fabrikam"}'
done
call GET '/v1/coach/jobs?status=INTERESTED&q=engineer'
get '.items | length == 2' >/dev/null

say 'Apply: draft an application, then submit it. The job moves to APPLIED in the same transaction.'
call POST /v1/coach/applications "{\"jobId\":\"$JOB\",\"resumeId\":\"$RESUME\",\"coverLetter\":\"Storage engines are my idea of fun.\"}"
APPLICATION=$(get .id)
call POST "/v1/coach/applications/$APPLICATION/submit"
get '.status == "SUBMITTED" and .submittedAt != null' >/dev/null

say 'A second submit is refused, and says why.'
curl -sS -X POST "$URL/v1/coach/applications/$APPLICATION/submit" -H "Authorization: Bearer $TOKEN" |
    jq -e 'if .status == 409 then . else error("submitted twice") end'

say 'Everything about the job in one answer, and its timeline.'
call GET "/v1/coach/jobs/$JOB/details"
call GET "/v1/coach/jobs/$JOB/status-changes"
get '[.items[].toStatus] == ["APPLIED", "INTERESTED"]' >/dev/null

say 'The board and the figures.'
call GET /v1/coach/jobs/board
call GET /v1/coach/jobs/stats

say 'All that Trellis knows about Wanda; and a clean goodbye.'
call GET /v1/me/export
get '.["coach.applications"][0].status == "SUBMITTED"' >/dev/null
call DELETE /v1/me '{"password":"correct horse battery"}'

say 'Done.'
