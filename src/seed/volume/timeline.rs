//! How a made-up search for a job went.

use super::random::{Micros, Random};

/// Labels of `coach.job_status`; the index is used below.
pub const LABELS: [&str; 8] = [
    "INTERESTED",
    "APPLIED",
    "INTERVIEW_SCHEDULED",
    "INTERVIEW_COMPLETED",
    "OFFER_RECEIVED",
    "REJECTED",
    "ACCEPTED",
    "WITHDRAWN",
];
pub const INTERESTED: usize = 0;
pub const APPLIED: usize = 1;
pub const INTERVIEW_SCHEDULED: usize = 2;
pub const INTERVIEW_COMPLETED: usize = 3;
pub const OFFER_RECEIVED: usize = 4;
pub const REJECTED: usize = 5;
pub const ACCEPTED: usize = 6;
pub const WITHDRAWN: usize = 7;

/// What follows a status, in percent; in the rest of the cases nothing does. All are moves that
/// `coach.job_status_moves()` allows.
const NEXT: [&[(u64, usize)]; 8] = [
    &[(46, APPLIED), (3, INTERVIEW_SCHEDULED), (7, WITHDRAWN)],
    &[(30, INTERVIEW_SCHEDULED), (36, REJECTED), (4, WITHDRAWN), (1, INTERESTED)],
    &[(74, INTERVIEW_COMPLETED), (7, REJECTED), (7, WITHDRAWN)],
    &[(32, OFFER_RECEIVED), (43, REJECTED), (5, WITHDRAWN)],
    &[(45, ACCEPTED), (12, REJECTED), (20, WITHDRAWN)],
    &[(2, INTERESTED)],
    &[(1, OFFER_RECEIVED)],
    &[(3, INTERESTED)],
];

/// No search goes through more statuses than this.
const MOST: usize = 10;
const HOUR: Micros = 3_600_000_000;

/// Statuses and since when, oldest first; never empty.
pub type Timeline = Vec<(usize, Micros)>;

/// Fills `timeline` from the day a job was noted until it came to rest, or until `now`.
pub fn make(random: &mut Random, noted: Micros, now: Micros, timeline: &mut Timeline) {
    timeline.clear();
    let (mut status, mut at) = (INTERESTED, noted);
    timeline.push((status, at));
    while timeline.len() < MOST {
        at += random.between(20 * HOUR, 400 * HOUR);
        let Some(next) = follow(random, status).filter(|_| at < now) else { break };
        status = next;
        timeline.push((status, at));
    }
}

fn follow(random: &mut Random, status: usize) -> Option<usize> {
    let mut roll = random.between(0, 100);
    for &(percent, next) in NEXT[status] {
        match roll.checked_sub(percent) {
            Some(rest) => roll = rest,
            None => return Some(next),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeline_begins_with_interest_rises_and_ends_before_now() {
        let mut random = Random::new(3);
        let (noted, now) = (1_700_000_000_000_000, 1_710_000_000_000_000);
        let mut timeline = Timeline::new();
        let mut last = [0; 8];
        for _ in 0..4000 {
            make(&mut random, noted, now, &mut timeline);
            assert_eq!(timeline[0], (INTERESTED, noted));
            assert!(timeline.is_sorted_by(|a, b| a.1 < b.1) && timeline.len() <= MOST);
            assert!(timeline.iter().all(|&(_, at)| at < now));
            last[timeline[timeline.len() - 1].0] += 1;
        }
        assert!(last.iter().all(|&count| count > 20), "every status is there: {last:?}");
    }
}
