//! Why a programme is recommended, in words that follow from its scores alone.

use super::{
    facts::Facts,
    gaps,
    parts::{Challenge, Explanation, GapAnalysis, Strength},
    scores::{Candidate, Judged, Wish, judged, wishes},
    words::{number, plural},
};

/// How many criteria are said to count most.
const KEY_FACTORS: usize = 3;

/// What speaks for a programme, what stands in the way, and what is missing.
pub fn explain(facts: &Facts<'_>, candidate: &Candidate) -> (Explanation, GapAnalysis) {
    let judged = judged(facts, candidate);
    let mut heaviest: Vec<_> = judged.iter().collect();
    // What weighs the same goes by name, then as the programme has it.
    heaviest.sort_by(|one, other| {
        let (one, other) = (one.criterion, other.criterion);
        let name = || one.criterion_name.cmp(&other.criterion_name);
        other.weight.total_cmp(&one.weight).then_with(name)
    });
    let analysis = gaps::analysis(facts, &heaviest);
    let strengths = heaviest.iter().filter(|one| one.is_met).map(|one| Strength {
        factor: one.criterion.criterion_name.clone(),
        description: gaps::description(one),
    });
    let wishes = wishes(facts, candidate);
    let granted = wishes.iter().filter_map(|wish| fulfilled(wish, candidate));
    let challenges = analysis.gaps.iter().map(|gap| Challenge {
        factor: gap.criterion_name.clone(),
        description: gap.gap_description.clone(),
        suggestion: gap.suggestions.first().cloned(),
    });
    let names = heaviest.iter().take(KEY_FACTORS).map(|one| one.criterion.criterion_name.clone());
    let explanation = Explanation {
        summary: summary(candidate, &judged),
        strengths: strengths.chain(granted).collect(),
        challenges: challenges.collect(),
        key_factors: names.collect(),
    };
    (explanation, analysis)
}

fn summary(candidate: &Candidate, judged: &[Judged<'_>]) -> String {
    let Candidate { name, country_name, .. } = candidate;
    if judged.is_empty() {
        return format!("{name} ({country_name}) names no criteria.");
    }
    let met = judged.iter().filter(|one| one.is_met).count();
    let required = judged.iter().filter(|one| one.criterion.is_required);
    let (needed, kept) =
        required.fold((0, 0), |(needed, kept), one| (needed + 1, kept + usize::from(one.is_met)));
    let of_required = match needed {
        0 => "none is required".to_owned(),
        _ => format!("{kept} of {needed} that are required"),
    };
    let all = judged.len();
    format!("You meet {met} of {all} criteria of {name} ({country_name}); {of_required}.")
}

/// A wish that is fulfilled, in words; none: it is not, or not said of this programme.
fn fulfilled(wish: &Wish, candidate: &Candidate) -> Option<Strength> {
    let (factor, description) = match *wish {
        Wish::Destination(place, of) => (
            "Destination",
            format!("{} is choice {} of your {of} countries.", candidate.country_name, place?),
        ),
        Wish::Pathway(place, of) => (
            "Pathway type",
            format!("{} is choice {} of your {of} pathway types.", candidate.category, place?),
        ),
        Wish::Budget(cost, most) if cost <= most => (
            "Budget",
            format!("It costs {} USD; your budget is {} USD.", number(cost), number(most)),
        ),
        Wish::Timeframe(Some(months), Some(limit)) if months <= limit => (
            "Timeframe",
            format!("It takes {}; you have {}.", plural(months, "month"), plural(limit, "month")),
        ),
        Wish::Timeframe(Some(months), None) => {
            ("Timeframe", format!("It takes {}; you are flexible.", plural(months, "month")))
        }
        Wish::Budget(..) | Wish::Timeframe(..) => return None,
    };
    Some(Strength { factor: factor.to_owned(), description })
}
