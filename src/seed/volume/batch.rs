//! Some made-up users with everything that is theirs, table by table.

use std::fmt::Write as _;

use uuid::Uuid;

use super::{
    JOBS_EACH,
    random::{Micros, Random},
    rows::Rows,
    timeline::{self, LABELS, Timeline},
    trades, words,
};

pub const DAY: Micros = 86_400_000_000;

/// What all batches share.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Number of the first user.
    pub first: u64,
    /// How many users there will be.
    pub users: u64,
    /// The database's time.
    pub now: Micros,
    pub password_hash: String,
}

impl Plan {
    /// The first user came two years ago, the last one a month ago.
    fn joined(&self, index: u64, random: &mut Random) -> Micros {
        let each = 700 * DAY / self.users;
        self.now - 730 * DAY + index * each + random.between(0, each)
    }
}

/// Rows for COPY, in the order in which they refer to each other.
#[derive(Debug, Default)]
pub struct Batch {
    pub users: Rows,
    pub role_grants: Rows,
    pub user_profiles: Rows,
    pub jobs: Rows,
    pub status_changes: Rows,
    pub applications: Rows,
    len: u64,
    timeline: Timeline,
    noted: Vec<Micros>,
    text: String,
}

/// Who a row belongs to.
#[derive(Clone, Copy)]
struct Owner {
    id: Uuid,
    joined: Micros,
    now: Micros,
}

impl Batch {
    /// Fills the batch with the plan's users from `start`, counted from 0, up to `end`.
    pub fn fill(&mut self, plan: &Plan, start: u64, end: u64) {
        self.tables().into_iter().for_each(Rows::clear);
        self.len = end - start;
        for index in start..end {
            self.user(plan, index);
        }
        self.tables().into_iter().for_each(Rows::finish);
    }

    /// Users in it.
    pub fn len(&self) -> u64 {
        self.len
    }

    fn tables(&mut self) -> [&mut Rows; 6] {
        let Self { users, role_grants, user_profiles, jobs, status_changes, applications, .. } =
            self;
        [users, role_grants, user_profiles, jobs, status_changes, applications]
    }

    fn user(&mut self, plan: &Plan, index: u64) {
        let number = plan.first + index;
        let random = &mut Random::new(number);
        let joined = plan.joined(index, random);
        let owner = Owner { id: random.uuid_v7(joined), joined, now: plan.now };
        let (first, last) = (random.pick(words::FIRST_NAMES), random.pick(words::LAST_NAMES));
        let seen = random.between(joined, plan.now);
        let row = self.users.row(10).uuid(owner.id);
        self.text.clear();
        // Writing to a string cannot fail, here and below.
        let _ = write!(self.text, "volume-{number}@example.com");
        row.text(&self.text).text(&plan.password_hash).text(first).text(last);
        self.text.clear();
        let _ = write!(self.text, "{first} {last}");
        row.text(&self.text).time(joined).time(seen).time(joined).time(seen);
        for (domain, role) in [("coach", "USER"), ("migratio", "user")] {
            let row = self.role_grants.row(7).uuid(owner.id).uuid(random.uuid_v7(joined));
            row.text(domain).text(role).time(joined).time(joined).time(joined);
        }
        let trade = random.pick(trades::TRADES);
        self.profile(random, owner, &trade);
        self.noted.clear();
        self.noted.extend((0..JOBS_EACH).map(|_| random.between(joined, plan.now)));
        self.noted.sort_unstable();
        for position in 0..self.noted.len() {
            self.job(random, owner, &trade, self.noted[position]);
        }
    }

    fn profile(&mut self, random: &mut Random, owner: Owner, trade: &trades::Trade) {
        let (company, _) = company(random);
        let made = owner.joined + random.between(1, DAY);
        let id = random.uuid_v7(made);
        let years = amount(random.between(0, 25));
        let row = self.user_profiles.row(10).uuid(owner.id).uuid(id).text(words::BIO);
        row.text(random.pick(words::PLACES)).text(trade.0).text(&company).integer(years);
        self.text.clear();
        let _ = write!(
            self.text,
            r#"{{"desiredJobTitle": "{}", "desiredSalaryMin": {}, "desiredWorkMode": "{}", "desiredJobTypes": ["FULL_TIME"], "willingToRelocate": {}, "preferredLocations": []}}"#,
            trade.0,
            trade.1 * 1000,
            random.pick(words::MODES),
            random.chance(30),
        );
        row.json(&self.text).time(made).time(made);
    }

    fn job(&mut self, random: &mut Random, owner: Owner, trade: &trades::Trade, noted: Micros) {
        timeline::make(random, noted, owner.now, &mut self.timeline);
        let id = random.uuid_v7(noted);
        let applied = self.since(timeline::APPLIED);
        let (status, changed) = self.timeline[self.timeline.len() - 1];
        let trade = if random.chance(80) { *trade } else { random.pick(trades::TRADES) };
        let (grade, percent) = random.pick(trades::GRADES);
        let (company, address) = company(random);
        let salary = trade.1 * percent * 10 / 500 * 500;
        let paid = random.chance(70);

        self.text.clear();
        let _ = write!(self.text, "{grade}{}", trade.0);
        let row = self.jobs.row(22).uuid(owner.id).uuid(id).text(&self.text).text(&company);
        row.text(random.pick(words::PLACES)).text(random.pick(words::MODES));
        row.text(random.pick(words::TYPES));
        row.some(paid.then(|| amount(salary)), Rows::integer);
        row.some(paid.then(|| amount(salary * 5 / 4)), Rows::integer);
        self.text.clear();
        let _ = write!(self.text, "{address}/jobs/{}", random.between(1000, 100_000));
        row.text(&self.text);
        self.text.clear();
        let pitch = random.pick(trades::PITCHES);
        let [asked, also, at_last] = trade.3;
        let _ = write!(
            self.text,
            "{company} is looking for: {grade}{}. {pitch}\n\nYou bring:\n- {asked}\n- {also}\n- {at_last}",
            trade.0,
        );
        row.text(&self.text).text(LABELS[status]).text(random.pick(words::SOURCES));
        row.time(noted - random.between(0, 20 * DAY));
        let deadline = noted + random.between(7 * DAY, 60 * DAY);
        row.some(random.chance(50).then_some(deadline), Rows::time).some(applied, Rows::time);
        row.integer(amount(random.between(1, 6))).texts(&trade.2[..amount_of_tags(random)]);
        let score = random.chance(80).then(|| amount(random.between(35, 99)));
        row.some(score, Rows::integer);
        let analysis = random.chance(25).then(|| random.pick(words::ANALYSES));
        row.some(analysis, Rows::json).time(noted).time(changed);

        self.changes(random, owner, id);
        self.application(random, owner, id, noted);
    }

    fn changes(&mut self, random: &mut Random, owner: Owner, job: Uuid) {
        let mut before = None;
        for &(status, at) in &self.timeline {
            let reason = match status {
                timeline::REJECTED if random.chance(60) => Some(random.pick(words::REJECTED)),
                timeline::WITHDRAWN if random.chance(60) => Some(random.pick(words::WITHDRAWN)),
                _ => None,
            };
            let row = self.status_changes.row(9);
            row.uuid(owner.id).uuid(random.uuid_v7(at)).uuid(job);
            row.some(before, Rows::text).text(LABELS[status]).some(reason, Rows::text);
            row.time(at).time(at).time(at);
            before = Some(LABELS[status]);
        }
    }

    /// Half of those who applied keep a record of it; a few of the interested have begun one.
    fn application(&mut self, random: &mut Random, owner: Owner, job: Uuid, noted: Micros) {
        let submitted = self.since(timeline::APPLIED);
        if !random.chance(if submitted.is_some() { 50 } else { 8 }) {
            return;
        }
        let answered = self.timeline.iter().find(|&&(status, at)| {
            submitted.is_some_and(|submitted| at > submitted)
                && !matches!(status, timeline::INTERESTED | timeline::APPLIED | timeline::WITHDRAWN)
        });
        let status = match (submitted, self.timeline[self.timeline.len() - 1].0) {
            (None, _) => "DRAFT",
            (_, timeline::INTERVIEW_SCHEDULED | timeline::INTERVIEW_COMPLETED) => "UNDER_REVIEW",
            (_, timeline::OFFER_RECEIVED | timeline::ACCEPTED) => "ACCEPTED",
            (_, timeline::REJECTED) => "REJECTED",
            _ => "SUBMITTED",
        };
        let method = if random.chance(85) { "MANUAL" } else { "AUTOMATED" };
        let made = submitted.unwrap_or(noted + random.between(0, DAY).min(owner.now - noted));
        let answered = answered.map(|&(_, at)| at);
        let row = self.applications.row(10).uuid(owner.id).uuid(random.uuid_v7(made)).uuid(job);
        row.text(method).text(status).some(random.chance(40).then_some(words::LETTER), Rows::text);
        row.some(submitted, Rows::time).some(answered, Rows::time);
        row.time(made).time(answered.unwrap_or(made));
    }

    /// When this status was first reached.
    fn since(&self, status: usize) -> Option<Micros> {
        self.timeline.iter().find(|step| step.0 == status).map(|step| step.1)
    }
}

/// Name and website.
fn company(random: &mut Random) -> (String, String) {
    let (first, second) = (random.pick(words::COMPANY_FIRST), random.pick(words::COMPANY_SECOND));
    let address = format!("https://{}{second}.example.com", first.to_lowercase());
    (format!("{first}{second}"), address)
}

fn amount_of_tags(random: &mut Random) -> usize {
    if random.chance(50) { 1 } else { 2 }
}

/// A number made here that is known to be small.
fn amount(value: u64) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}
