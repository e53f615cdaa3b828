#!/usr/bin/env bash
# A first session with Trellis: from registration to an accepted offer, a mentor, a doctor and a way to Canada.
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

say 'Rehearse with the coach. What was said is kept; a completed rehearsal does not change any more.'
call POST /v1/coach/mock-interviews '{"title":"Storage engines","interviewType":"TECHNICAL","targetCompany":"Tailwind Data","difficulty":"hard"}'
MOCK=$(get .id)
call POST "/v1/coach/mock-interviews/$MOCK/messages" '{"role":"assistant","content":"Why would you choose an LSM tree?"}'
call POST "/v1/coach/mock-interviews/$MOCK/messages" '{"role":"user","content":"For writes that come faster than they can be sorted in place."}'
call POST "/v1/coach/mock-interviews/$MOCK/complete" '{"overallScore":88,"technicalScore":94,"strengths":["Gives reasons"],"aiAnalysis":{"summary":"Ready for the real one."}}'
get '.isCompleted and (.conversationHistory.messages | length == 2)' >/dev/null

say 'An interview moves its job along, and so does what became of it.'
call POST /v1/coach/interviews "{\"jobId\":\"$JOB\",\"applicationId\":\"$APPLICATION\",\"interviewType\":\"TECHNICAL\",\"scheduledAt\":\"2100-01-04T10:00:00Z\",\"duration\":60,\"timezone\":\"Europe/Lisbon\",\"interviewers\":[{\"name\":\"Bob\",\"title\":\"Head of Storage\"}]}"
INTERVIEW=$(get .id)
call GET /v1/coach/interviews/upcoming
get '.items[0].company == "Tailwind Data"' >/dev/null
call POST "/v1/coach/interviews/$INTERVIEW/outcome" '{"outcome":"PASSED","feedback":"When can you start?"}'
call GET "/v1/coach/jobs/$JOB"
get '.status == "INTERVIEW_COMPLETED"' >/dev/null

say 'Set a goal, tick a milestone, talk about it.'
call POST /v1/coach/career-goals '{"title":"A storage team by spring","status":"IN_PROGRESS","priority":4,"milestones":[{"title":"An offer","completed":false},{"title":"A good one","completed":false}]}'
GOAL=$(get .id)
call PATCH "/v1/coach/career-goals/$GOAL/milestones/0" '{"completed":true}'
get '.progress == 50' >/dev/null
call POST /v1/coach/conversations '{"title":"The offer","context":"negotiation"}'
CONVERSATION=$(get .id)
call POST "/v1/coach/conversations/$CONVERSATION/messages" '{"role":"user","content":"They offer 105,000. What now?"}'
call POST "/v1/coach/conversations/$CONVERSATION/messages" '{"role":"assistant","content":"Ask for 112,000, and say why.","metadata":{"model":"coach-1","tokens":9}}'
call GET "/v1/coach/conversations/$CONVERSATION/messages"
get '[.items[].role] == ["assistant", "user"]' >/dev/null

say 'Keep the letter with the job. The offer comes, and Wanda takes it.'
call POST /v1/coach/documents "{\"jobId\":\"$JOB\",\"documentType\":\"OTHER\",\"title\":\"Offer\",\"fileName\":\"offer.pdf\",\"fileSize\":90210,\"mimeType\":\"application/pdf\"}"
call POST "/v1/coach/jobs/$JOB/status" '{"status":"OFFER_RECEIVED","reason":"112,000 and Fridays off"}'
call POST "/v1/coach/jobs/$JOB/status" '{"status":"ACCEPTED"}'

say 'Everything about the job in one answer, and its timeline.'
call GET "/v1/coach/jobs/$JOB/details"
get '(.applications | length) + (.interviews | length) + (.documents | length) == 3' >/dev/null
call GET "/v1/coach/jobs/$JOB/status-changes"
get '[.items[].toStatus] == ["ACCEPTED", "OFFER_RECEIVED", "INTERVIEW_COMPLETED", "INTERVIEW_SCHEDULED", "APPLIED", "INTERESTED"]' >/dev/null

say 'The home screen, the board and the figures, a request each.'
call GET /v1/coach/dashboard
get '.goalsInProgress[0].progress == 50' >/dev/null
call GET /v1/coach/jobs/board
call GET /v1/coach/jobs/stats
get '.offers == 1' >/dev/null

say 'Skills: a profile with its onboarding, and a skill found in the catalogue in spite of a typing error.'
call PUT /v1/smatrx/profile '{"title":"Backend Engineer","careerStage":"senior","industries":["Storage"],"targetRole":"Platform engineer","careerTimeline":"6months"}'
call POST /v1/smatrx/profile/onboarding/complete
get .onboardingCompleted >/dev/null
call GET '/v1/smatrx/skills?q=kuberntes'
get '.items[0].name == "Kubernetes"' >/dev/null
KUBERNETES=$(get '.items[0].id')
call POST /v1/smatrx/user-skills "{\"skillId\":\"$KUBERNETES\",\"level\":\"advanced\",\"proficiencyScore\":70}"

say 'Have more of them read out of a résumé, in the background.'
call POST /v1/smatrx/imports '{"source":"resume","text":"Six years of Rust and PostgreSQL, some React Native; deployed with Docker and Terraform."}'
IMPORT=$(get .id)
for _ in $(seq 100); do
    call GET "/v1/smatrx/imports/$IMPORT" >/dev/null
    [ "$(get .status)" != completed ] || break
    sleep 0.1
done
get '[.results.matched[].name] | sort == ["Docker", "PostgreSQL", "React Native", "Rust", "Terraform"]'
call GET /v1/smatrx/user-skills/summary
call GET '/v1/smatrx/user-skills?level=advanced'
get '.items[0].skillName == "Kubernetes"' >/dev/null

say 'A goal that is reached is an achievement. What do others have who are after the same?'
call POST /v1/smatrx/goals '{"title":"Kubernetes certificate","type":"certification","priority":"high"}'
call PATCH "/v1/smatrx/goals/$(get .id)" '{"progress":100}'
get '.status == "completed"' >/dev/null
call GET /v1/smatrx/achievements/points
get '.points == 100' >/dev/null
call GET '/v1/smatrx/analyses/gap?limit=3'
get '.peers >= 1 and .items[0].rank == 1' >/dev/null

say 'Look for a mentor: take the role, renew the token, say who you are, and see who has most in common with you.'
call PUT /v1/me/roles/mentorship/mentee
call POST /v1/auth/login "{\"login\":\"$NAME@example.com\",\"password\":\"correct horse battery\"}"
TOKEN=$(get .accessToken)
call PUT /v1/mentorship/profile '{"skills":["Rust","PostgreSQL"],"interests":["Teaching"],"goals":"Lead a team.","availability":[{"weekday":"monday","start":"17:00","end":"18:00","timeZone":"Europe/Warsaw"}]}'
call POST /v1/mentorship/profile/onboarding/1
call GET '/v1/mentorship/mentors?skill=rust&limit=1'
get '.items[0].displayName == "Tomasz Zieliński" and .items[0].overlappingMinutes == 60' >/dev/null
MENTOR=$(get '.items[0].userId')
call POST /v1/mentorship/matches "{\"mentorId\":\"$MENTOR\",\"goal\":\"Lead a team by next summer.\"}"
MATCH=$(get .id)
call POST /v1/mentorship/sessions "{\"mentorId\":\"$MENTOR\",\"title\":\"A first talk\",\"date\":\"2099-03-02T16:00:00Z\",\"duration\":45}"
SESSION=$(get .id)

say 'An administrator approves the match; the mentor confirms the session, and writes.'
WANDA=$TOKEN
call POST /v1/auth/login '{"login":"admin@example.com","password":"demo-trellis-2026"}'
TOKEN=$(get .accessToken)
call POST "/v1/mentorship/matches/$MATCH/approve"
get '.status == "approved"' >/dev/null
call POST /v1/auth/login '{"login":"tomasz@example.com","password":"demo-trellis-2026"}'
TOKEN=$(get .accessToken)
call POST "/v1/mentorship/sessions/$SESSION/confirm" '{"responseMessage":"Gladly."}'
call POST /v1/mentorship/messages "{\"receiverId\":\"$(get .menteeId)\",\"message\":\"What would you like to have changed by then?\"}"
TOKEN=$WANDA

say 'The home screen of mentoring, a private note, and a learning path.'
call GET /v1/mentorship/dashboard
get '.unreadMessages == 1 and .upcomingSessions[0].title == "A first talk"' >/dev/null
call POST "/v1/mentorship/sessions/$SESSION/notes" '{"notes":"Ask about delegation."}'
get .isPrivate >/dev/null
call GET '/v1/mentorship/learning-paths?category=leadership'
call PUT "/v1/mentorship/learning-paths/$(get '.items[] | select(.title == "Speaking in public").id')/progress/modules/one-idea"
get '.progress == 50' >/dev/null

say 'See a doctor: take the role, make a record, find a cardiologist near the hotel in Berlin, and book the next video visit.'
call PUT /v1/me/roles/visitnow/patient
call POST /v1/auth/login "{\"login\":\"$NAME@example.com\",\"password\":\"correct horse battery\"}"
TOKEN=$(get .accessToken)
call PUT /v1/visitnow/patients/me '{"fullName":"Wanda Walker","dateOfBirth":"1990-04-01","allergies":["Penicillin"],"medicalHistory":{"conditions":["Migraine"]}}'
PATIENT=$(get .id)
call GET '/v1/visitnow/providers?q=cardiology&near=52.52,13.405&radiusKm=20&mode=video'
get '.items[0].displayName == "Dr. Leyla Aydın" and .items[0].distanceKm < 10' >/dev/null
SLOT=$(get '.items[0].nextSlot.id')
call POST /v1/visitnow/appointments "{\"slotId\":\"$SLOT\",\"reason\":\"A heart that races on stairs.\"}"
get '.status == "requested" and .timeline[0].by == "patient"' >/dev/null
VISIT=$(get .id)

say 'A slot is taken once.'
curl -sS -X POST "$URL/v1/visitnow/appointments" -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
    -d "{\"slotId\":\"$SLOT\"}" | jq -e 'if .status == 409 then . else error("booked twice") end'

say 'The doctor confirms, and reads the record of a patient to come. Every such reading is in the audit log.'
WANDA=$TOKEN
call POST /v1/auth/login '{"login":"leyla@example.com","password":"demo-trellis-2026"}'
TOKEN=$(get .accessToken)
call POST "/v1/visitnow/appointments/$VISIT/confirm" '{"note":"Please have your last blood pressure at hand."}'
call GET "/v1/visitnow/patients/$PATIENT"
get '.allergies == ["Penicillin"]' >/dev/null
call POST /v1/auth/login '{"login":"admin@example.com","password":"demo-trellis-2026"}'
TOKEN=$(get .accessToken)
call GET "/v1/audit?entityId=$PATIENT"
get '.items[0].action == "read"' >/dev/null
TOKEN=$WANDA
call GET '/v1/visitnow/notifications?channel=in_app'
get '.items[0].templateKey == "appointment.confirmed"' >/dev/null

say 'Where to go? The quiz asks what matters, and what was said so far decides what comes next.'
call POST /v1/migratio/quiz/sessions '{"language":"en"}'
QUIZ=$(get .id)
answer() { # to the question of this id, what Wanda says
    case $1 in
        birth-date) echo '"1990-04-01"' ;; citizenship | residence) echo '"PT"' ;; marital-status) echo '"single"' ;;
        highest-education) echo '"master"' ;; field-of-study) echo '"Computer science"' ;;
        years-of-experience) echo 6 ;; occupation) echo '"Backend engineer"' ;; has-job-offer) echo false ;;
        english-level) echo '"C1"' ;; liquid-assets) echo 42000 ;; money-currency | budget-currency) echo '"EUR"' ;;
        budget) echo 6000 ;; destinations) echo '["CA","DE"]' ;; pathways) echo '["skilled-worker"]' ;;
        timeframe) echo '"oneYear"' ;; applied-before) echo false ;; *) return 1 ;;
    esac
}
for question in birth-date citizenship residence marital-status highest-education field-of-study years-of-experience \
    occupation has-job-offer english-level liquid-assets money-currency budget budget-currency destinations pathways \
    timeframe applied-before; do
    call PUT "/v1/migratio/quiz/sessions/$QUIZ/answers/$question" "{\"answer\":$(answer "$question")}" >/dev/null
done
call GET "/v1/migratio/quiz/sessions/$QUIZ"
get '.progress.answered == 18' >/dev/null
call POST "/v1/migratio/quiz/sessions/$QUIZ/complete"
call GET /v1/migratio/profile
get '.languageProficiency[0].proficiencyLevel == "C1" and (.preferences.destinationCountries | length) == 2' >/dev/null

say 'Programmes, ranked for her, and why. Asked again, the answer is the same.'
call POST /v1/migratio/recommendations '{"limit":5}'
get '.items[0] | {programName, countryName, scores: [.matchScore, .successProbability, .preferenceScore, .overallScore], explanation: .explanation.summary}'
FIRST=$(get '[.items[] | del(.id, .recommendationId, .createdAt)]' | sha256sum)
call POST /v1/migratio/recommendations '{"limit":5}'
[ "$FIRST" = "$(get '[.items[] | del(.id, .recommendationId, .createdAt)]' | sha256sum)" ]

say 'A roadmap of the best: its steps are tasks, its documents a checklist. A friend may look at it.'
ITEM=$(get '.items[0].id')
call POST /v1/migratio/roadmaps "{\"recommendationItemId\":\"$ITEM\"}"
ROADMAP=$(get .id)
PHASE=$(get '[.phases[] | select(.tasks != [])][0].phaseName')
TASK=$(get '[.phases[] | select(.tasks != [])][0].tasks[0].id')
call PATCH "/v1/migratio/roadmaps/$ROADMAP/phases/$PHASE/tasks/$TASK" '{"status":"completed"}'
get '.status == "active"' >/dev/null
call POST "/v1/migratio/roadmaps/$ROADMAP/shares" '{"email":"ada@example.com","access":"view"}'
call GET /v1/migratio/dashboard
get '.recommendations[0].rank == 1 and (.dueTasks | length) == 5' >/dev/null

say 'All that Trellis knows about Wanda; and a clean goodbye.'
call GET /v1/me/export
get '.["coach.applications"][0].status == "SUBMITTED"' >/dev/null
call DELETE /v1/me '{"password":"correct horse battery"}'

say 'Done.'
